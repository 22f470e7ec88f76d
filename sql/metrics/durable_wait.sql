WITH solved AS (
    SELECT days_between(c.decided_on, s.durable_on) AS days
    FROM durable_solutions AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    CROSS JOIN period AS p
    WHERE s.durable_on BETWEEN p.from_day AND p.to_day
        AND c.decision = 'admitted' AND c.decided_on <= s.durable_on
)

SELECT
    'durable.days_to_solution' AS metric, 'mean' AS stat, NULL AS measure,
    CAST(coalesce(sum(days), 0) AS BIGINT) AS numerator, count(*) AS denominator
FROM solved
UNION ALL
SELECT 'durable.days_to_solution', 'median', quantile7(days, 0.5), NULL, NULL
FROM solved
