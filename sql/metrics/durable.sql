-- The forecast is computed from durable.cases, see package transform.
WITH known AS (
    SELECT
        c.durable_outcome,
        coalesce(c.durable_on <= p.as_of, FALSE) AS durable,
        coalesce(c.durable_on BETWEEN p.from_day AND p.to_day, FALSE) AS in_period,
        coalesce(c.semi_durable_on <= p.as_of, FALSE) AS semi_durable,
        coalesce(c.outcome_on <= p.as_of, FALSE) AS with_outcome
    FROM case_outcomes AS c
    CROSS JOIN period AS p
),

total AS (
    SELECT
        count(CASE WHEN durable THEN 1 END) AS durable,
        count(CASE WHEN in_period THEN 1 END) AS in_period,
        count(CASE WHEN durable OR semi_durable THEN 1 END) AS broad,
        count(CASE WHEN with_outcome THEN 1 END) AS with_outcome
    FROM known
)

SELECT
    'durable.cases' AS metric, durable_outcome AS outcome, count(*) AS value,
    NULL AS numerator, NULL AS denominator
FROM known
WHERE durable
GROUP BY durable_outcome
UNION ALL
SELECT 'durable.cases', NULL, durable, NULL, NULL FROM total
UNION ALL
SELECT 'durable.cases_in_period', NULL, in_period, NULL, NULL FROM total
UNION ALL
SELECT 'durable.share_strict', NULL, NULL, durable, with_outcome FROM total
UNION ALL
SELECT 'durable.share_broad', NULL, NULL, broad, with_outcome FROM total
UNION ALL
SELECT 'durable.progress', NULL, NULL, c.durable, t.target_cases FROM total AS c CROSS JOIN terms AS t
