-- table
-- The moments of change (art. 4.3): a rejection in a procedure, and another scenario in a case's next
-- trajectory. Only cases with more than one trajectory are put in order.
WITH several AS (
    SELECT case_key
    FROM store.trajectories
    GROUP BY case_key
    HAVING count(*) > 1
),

trajectory AS (
    SELECT
        t.case_key, t.started_on, t.scenario,
        lag(t.scenario) OVER (PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_id) AS scenario_before
    FROM store.trajectories AS t
    JOIN several AS s ON s.case_key = t.case_key
)

SELECT case_key, started_on AS changed_on
FROM trajectory
WHERE scenario <> scenario_before
UNION ALL
SELECT case_key, decided_on
FROM store.procedures
WHERE result = 'rejected' AND decided_on IS NOT NULL
