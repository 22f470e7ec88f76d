WITH month_end AS (
    SELECT DISTINCT least(last_of_month(d.day), p.as_of) AS day
    FROM days_from((SELECT pilot_start FROM terms), (SELECT as_of FROM period)) AS d
    CROSS JOIN period AS p
)

SELECT
    m.day AS date, count(c.case_key) AS cases,
    CAST(t.target_cases * (days_between(t.pilot_start, least(m.day, t.pilot_end)) + 1) AS DOUBLE)
    / CAST(days_between(t.pilot_start, t.pilot_end) + 1 AS DOUBLE) AS expected
FROM month_end AS m
CROSS JOIN terms AS t
LEFT JOIN case_outcomes AS c ON c.durable_on <= m.day
GROUP BY m.day, t.target_cases, t.pilot_start, t.pilot_end
ORDER BY m.day
