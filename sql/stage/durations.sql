-- The trajectories at risk in the pilot, by the days after which they entered and left; see
-- course_durations.
WITH known AS (
    SELECT
        t.started_on, CASE WHEN t.ended_on <= p.as_of THEN t.ended_on END AS ended_on, t.outcome, p.as_of, r.pilot_start
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
    WHERE t.started_on <= p.as_of
)

SELECT
    greatest(0, days_between(started_on, pilot_start)) AS entered,
    days_between(started_on, coalesce(ended_on, as_of)) AS days,
    CASE
        WHEN ended_on IS NULL THEN 'running'
        WHEN outcome IN ('return', 'onward', 'legalisation') THEN outcome
        ELSE 'other'
    END AS end_kind,
    count(*) AS number
FROM known
WHERE coalesce(ended_on, as_of) >= pilot_start
GROUP BY 1, 2, 3
