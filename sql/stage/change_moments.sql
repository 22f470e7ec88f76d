-- table
-- The moments of change (art. 4.3): a rejection in a procedure, and another scenario in a case's next
-- trajectory.
WITH trajectory AS (
    SELECT
        case_key, started_on, scenario,
        lag(scenario) OVER (PARTITION BY case_key ORDER BY started_on, trajectory_id) AS scenario_before
    FROM store.trajectories
)

SELECT case_key, started_on AS changed_on
FROM trajectory
WHERE scenario <> scenario_before
UNION ALL
SELECT case_key, decided_on
FROM store.procedures
WHERE result = 'rejected' AND decided_on IS NOT NULL
