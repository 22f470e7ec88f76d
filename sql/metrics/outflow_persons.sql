WITH leaver AS (
    SELECT
        l.person_key, coalesce(min(l.exit_reason), 'unknown') AS exit_reason,
        CASE
            WHEN bool_or(o.durable_on <= p.as_of) THEN 'durable'
            WHEN bool_or(o.semi_durable_on <= p.as_of) THEN 'semi_durable'
            ELSE 'none'
        END AS level
    FROM leavers AS l
    CROSS JOIN period AS p
    JOIN store.cases AS c ON c.person_key = l.person_key
    LEFT JOIN case_outcomes AS o ON o.case_key = c.case_key
    GROUP BY l.person_key
),

total AS (
    SELECT
        count(*) AS persons, count(CASE WHEN level = 'durable' THEN 1 END) AS durable,
        count(CASE WHEN level <> 'none' THEN 1 END) AS broad
    FROM leaver
)

SELECT 'outflow.persons' AS metric, exit_reason, NULL AS level, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM leaver
GROUP BY GROUPING SETS ((), (exit_reason))
UNION ALL
SELECT 'outflow.persons_level', NULL, level, count(*), NULL, NULL
FROM leaver
GROUP BY level
UNION ALL
SELECT 'durable.leavers_strict', NULL, NULL, NULL, durable, persons FROM total
UNION ALL
SELECT 'durable.leavers_broad', NULL, NULL, NULL, broad, persons FROM total
