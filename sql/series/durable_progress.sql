SELECT m.day AS date, CAST(coalesce(sum(d.cases), 0) AS BIGINT) AS cases, e.cases AS expected
FROM month_ends AS m
JOIN expected_cases AS e ON e.day = m.day
LEFT JOIN durable_days AS d ON d.durable_on <= m.day
GROUP BY m.day, e.cases
ORDER BY m.day
