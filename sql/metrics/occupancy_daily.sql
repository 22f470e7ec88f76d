WITH daily AS (
    SELECT d.day, CAST(coalesce(sum(c.persons), 0) AS BIGINT) AS persons
    FROM days_from((SELECT from_day FROM period), (SELECT to_day FROM period)) AS d
    LEFT JOIN period_census AS c ON c.night = d.day
    GROUP BY d.day
)

SELECT 'occupancy.daily' AS metric, day AS date, persons AS value, NULL AS first_day FROM daily
UNION ALL
SELECT 'occupancy.peak', NULL, max(persons), first_by(day, -persons, day) FROM daily
