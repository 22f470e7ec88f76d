WITH total AS (
    SELECT
        count(*) AS persons, count(CASE WHEN level = 'durable' THEN 1 END) AS durable,
        count(CASE WHEN level <> 'none' THEN 1 END) AS broad
    FROM leaver_levels
)

SELECT 'outflow.persons' AS metric, exit_reason, NULL AS level, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM leaver_levels
GROUP BY GROUPING SETS ((), (exit_reason))
UNION ALL
SELECT 'outflow.persons_level', NULL, level, count(*), NULL, NULL
FROM leaver_levels
GROUP BY level
UNION ALL
SELECT 'durable.leavers_strict', NULL, NULL, NULL, durable, persons FROM total
UNION ALL
SELECT 'durable.leavers_broad', NULL, NULL, NULL, broad, persons FROM total
