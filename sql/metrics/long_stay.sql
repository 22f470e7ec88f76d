-- The run of pilot nights that holds the reference date, over all locations: it began with the last
-- stay before which the person spent a night in none.
WITH spell AS (
    SELECT max(CASE WHEN n.occupied_until IS NULL OR n.occupied_until < n.from_day THEN n.from_day END) AS from_day
    FROM sheltered AS n
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE n.from_day <= p.as_of AND p.as_of BETWEEN t.pilot_start AND t.pilot_end
    GROUP BY n.person_key
    HAVING bool_or(n.until > p.as_of)
)

SELECT 'duration.long_stay' AS metric, count(*) AS value
FROM spell AS s
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE days_between(greatest(s.from_day, t.pilot_start), p.as_of) + 1 > t.long_stay_days
