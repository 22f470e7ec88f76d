WITH total AS (
    SELECT
        count(*) AS persons, count(CASE WHEN level = 'durable' THEN 1 END) AS durable,
        count(CASE WHEN level <> 'none' THEN 1 END) AS broad
    FROM leaver_levels
),

in_period AS (
    SELECT DISTINCT n.person_key
    FROM sheltered AS n
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE n.from_day <= least(p.to_day, t.pilot_end) AND n.until > greatest(p.from_day, t.pilot_start) AND greatest(p.from_day, t.pilot_start) <= least(p.to_day, t.pilot_end)
)

SELECT 'outflow.persons' AS metric, exit_reason, NULL AS level, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM leaver_levels
GROUP BY GROUPING SETS ((), (exit_reason))
UNION ALL
SELECT 'outflow.left_in_period', l.exit_reason, NULL, count(*), NULL, NULL
FROM leaver_levels AS l
JOIN in_period AS i ON i.person_key = l.person_key
GROUP BY GROUPING SETS ((), (l.exit_reason))
UNION ALL
SELECT 'outflow.persons_level', NULL, level, count(*), NULL, NULL
FROM leaver_levels
GROUP BY level
UNION ALL
SELECT 'durable.leavers_strict', NULL, NULL, NULL, durable, persons FROM total
UNION ALL
SELECT 'durable.leavers_broad', NULL, NULL, NULL, broad, persons FROM total
