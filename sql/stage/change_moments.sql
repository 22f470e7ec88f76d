-- table
-- The moments of change (art. 4.3) in the period, and those before it whose time is up in it: a rejection in a procedure, and another scenario in
-- a case's next trajectory; by case and day, for two of one day are two. Only cases with a trajectory
-- that began in the period are put in order.
WITH begun AS (
    SELECT DISTINCT t.case_key
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
    WHERE t.started_on BETWEEN add_days(p.from_day, -r.change_moment_days) AND p.to_day
),

trajectory AS (
    SELECT
        t.case_key, t.started_on, t.scenario,
        lag(t.scenario) OVER (PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order) AS scenario_before
    FROM store.trajectories AS t
    JOIN begun AS b ON b.case_key = t.case_key
),

change AS (
    SELECT case_key, started_on AS changed_on
    FROM trajectory
    WHERE scenario <> scenario_before
    UNION ALL
    SELECT case_key, decided_on
    FROM store.procedures
    WHERE result = 'rejected' AND decided_on IS NOT NULL
)

SELECT c.case_key, c.changed_on, count(*) AS moments
FROM change AS c
CROSS JOIN period AS p
CROSS JOIN terms AS r
WHERE c.changed_on BETWEEN add_days(p.from_day, -r.change_moment_days) AND p.to_day
GROUP BY c.case_key, c.changed_on
