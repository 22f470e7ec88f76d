-- The forecast and its backtest are computed from the days of the solutions, see package transform.
WITH known AS (
    SELECT
        coalesce(c.durable_on <= p.as_of, FALSE) AS durable,
        coalesce(c.semi_durable_on <= p.as_of, FALSE) AS semi_durable,
        coalesce(c.outcome_on <= p.as_of, FALSE) AS with_outcome
    FROM case_outcomes AS c
    CROSS JOIN period AS p
),

total AS (
    SELECT
        count(CASE WHEN durable THEN 1 END) AS durable,
        count(CASE WHEN durable OR semi_durable THEN 1 END) AS broad,
        count(CASE WHEN with_outcome THEN 1 END) AS with_outcome
    FROM known
),

solved AS (
    SELECT
        c.person_key, s.outcome, s.durable_on BETWEEN p.from_day AND p.to_day AS in_period,
        s.outcome = 'return' AND s.departed_on <= p.as_of AND s.departure_evidence AS proven,
        coalesce(r.region, 'unknown') AS region
    FROM durable_solutions AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    CROSS JOIN period AS p
    LEFT JOIN regions AS r ON r.country = c.nationality
),

destination AS (
    SELECT coalesce(r.region, 'unknown') AS region, 1 AS cases
    FROM durable_solutions AS s
    LEFT JOIN regions AS r ON r.country = s.destination
    WHERE s.outcome IN ('return', 'onward')
    UNION ALL
    SELECT 'unknown', 0
)

SELECT 'durable.cases' AS metric, outcome, NULL AS region, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM solved
GROUP BY GROUPING SETS ((), (outcome))
UNION ALL
SELECT 'durable.cases_in_period', NULL, NULL, count(CASE WHEN in_period THEN 1 END), NULL, NULL FROM solved
UNION ALL
SELECT 'durable.persons', NULL, NULL, count(DISTINCT person_key), NULL, NULL FROM solved
UNION ALL
SELECT 'durable.proven', NULL, NULL, count(CASE WHEN proven THEN 1 END), NULL, NULL FROM solved
UNION ALL
SELECT 'durable.region', NULL, region, count(*), NULL, NULL FROM solved GROUP BY region
UNION ALL
SELECT 'durable.destination', NULL, region, CAST(sum(cases) AS BIGINT), NULL, NULL FROM destination GROUP BY region
UNION ALL
SELECT 'durable.share_strict', NULL, NULL, NULL, durable, with_outcome FROM total
UNION ALL
SELECT 'durable.share_broad', NULL, NULL, NULL, broad, with_outcome FROM total
UNION ALL
SELECT 'durable.progress', NULL, NULL, NULL, c.durable, t.target_cases FROM total AS c CROSS JOIN terms AS t
