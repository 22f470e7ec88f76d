WITH reported AS (
    SELECT d.day, CAST(coalesce(sum(c.places), 0) AS BIGINT) AS places
    FROM days_from((SELECT from_day FROM period), (SELECT to_day FROM period)) AS d
    CROSS JOIN terms AS t
    LEFT JOIN store.capacity AS c
        ON c.valid_from <= d.day AND coalesce(c.valid_to, d.day) >= d.day
        AND d.day BETWEEN t.pilot_start AND t.pilot_end
    GROUP BY d.day
),

spent AS (
    SELECT night, CAST(sum(persons) AS BIGINT) AS persons FROM period_census GROUP BY night
)

SELECT
    r.day AS date, coalesce(s.persons, 0) AS persons, coalesce(a.places, 0) AS agreed,
    CASE WHEN v.delivered = 1 THEN r.places END AS capacity
FROM reported AS r
JOIN delivered AS v ON v.name = 'capacity'
LEFT JOIN spent AS s ON s.night = r.day
LEFT JOIN places AS a ON r.day BETWEEN a.from_day AND a.to_day
ORDER BY r.day
