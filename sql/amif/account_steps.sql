-- What becomes of the accepted rows of the trajectories: each row leaves at the first step that
-- applies to it, or is counted. The steps exclude one another, so that they add up.
WITH step AS (
    SELECT
        CASE
            WHEN t.started_on > p.as_of THEN 'later'
            WHEN t.scenario <> 'return' THEN 'other_scenario'
            WHEN t.ended_on < r.pilot_start OR p.as_of < r.pilot_start THEN 'before_pilot'
            WHEN t.amif IS NULL THEN 'unmarked'
            WHEN NOT t.amif THEN 'not_amif'
            ELSE 'counted'
        END AS step
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
)

SELECT step, count(*) AS trajectories
FROM step
GROUP BY step
ORDER BY step
