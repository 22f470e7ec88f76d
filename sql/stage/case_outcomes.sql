-- table
-- For each case the day from which it counts as durable, semi-durable, or as having an outcome at all:
-- from the pilot's start (durable_on, semi_durable_on, outcome_on), and ever. What happened after a
-- reference date is told by comparing the day with it.
WITH ended AS (
    SELECT
        t.case_key, t.ended_on, coalesce(l.level, 'none') AS level,
        t.ended_on >= p.pilot_start AS in_pilot
    FROM store.trajectories AS t
    CROSS JOIN terms AS p
    LEFT JOIN outcome_levels AS l ON l.outcome = t.outcome
    WHERE t.outcome IS NOT NULL AND t.ended_on IS NOT NULL
)

SELECT
    case_key,
    min(CASE WHEN in_pilot AND level = 'durable' THEN ended_on END) AS durable_on,
    min(CASE WHEN in_pilot AND level = 'semi_durable' THEN ended_on END) AS semi_durable_on,
    min(CASE WHEN in_pilot THEN ended_on END) AS outcome_on,
    min(CASE WHEN level = 'durable' THEN ended_on END) AS ever_durable_on,
    min(CASE WHEN level = 'semi_durable' THEN ended_on END) AS ever_semi_durable_on,
    min(ended_on) AS ever_outcome_on
FROM ended
GROUP BY case_key
