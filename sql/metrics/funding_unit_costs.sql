WITH night AS (
    SELECT CAST(coalesce(sum(persons), 0) AS BIGINT) AS nights FROM period_census
),

solution AS (
    SELECT count(*) AS cases
    FROM case_outcomes AS c
    CROSS JOIN period AS p
    WHERE c.durable_on <= p.as_of
)

SELECT
    'funding.per_occupied_night' AS metric,
    CAST(CASE WHEN n.nights > 0 THEN round_divide(a.cents, n.nights) END AS BIGINT) AS value,
    a.cents AS numerator, n.nights AS denominator
FROM agreed AS a
CROSS JOIN night AS n
WHERE a.span = 'period'
UNION ALL
SELECT
    'funding.per_durable_solution',
    CAST(CASE WHEN s.cases > 0 THEN round_divide(a.cents, s.cases) END AS BIGINT),
    a.cents, s.cases
FROM agreed AS a
CROSS JOIN solution AS s
WHERE a.span = 'to_date'
