-- table
-- The cases with a trajectory that runs on the reference date, by the scenario of the last one in the
-- order of started_on, then number.
WITH trajectory AS (
    SELECT
        t.case_key, t.scenario,
        row_number() OVER (PARTITION BY t.case_key ORDER BY t.started_on DESC, t.trajectory_order DESC) AS rank
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of AND (t.ended_on IS NULL OR t.ended_on > p.as_of)
)

SELECT case_key, scenario FROM trajectory WHERE rank = 1
