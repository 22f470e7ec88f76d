-- table
-- The cases with a durable outcome from the pilot's start up to the reference date, by the trajectory
-- of the first one.
WITH solution AS (
    SELECT
        t.case_key, t.ended_on AS durable_on, t.outcome, t.destination, t.departed_on,
        coalesce(t.departure_evidence, FALSE) AS departure_evidence,
        row_number() OVER (PARTITION BY t.case_key ORDER BY t.ended_on, t.trajectory_order) AS rank
    FROM store.trajectories AS t
    JOIN outcome_levels AS l ON l.outcome = t.outcome AND l.level = 'durable'
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
    WHERE t.ended_on BETWEEN r.pilot_start AND p.as_of
)

SELECT case_key, durable_on, outcome, destination, departed_on, departure_evidence FROM solution WHERE rank = 1
