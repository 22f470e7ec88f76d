-- The run of pilot nights that holds the reference date, over all locations.
WITH housed AS (
    SELECT n.person_key
    FROM nights AS n
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE n.from_day <= p.as_of AND p.as_of < n.until
        AND p.as_of BETWEEN t.pilot_start AND t.pilot_end
),

step AS (
    SELECT
        n.person_key, n.from_day,
        lag(n.until) OVER (PARTITION BY n.person_key ORDER BY n.from_day) AS until_before
    FROM nights AS n
    JOIN housed AS h ON h.person_key = n.person_key
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of
),

spell AS (
    SELECT person_key, max(from_day) AS from_day
    FROM step
    WHERE until_before IS NULL OR until_before < from_day
    GROUP BY person_key
)

SELECT 'duration.long_stay' AS metric, count(*) AS value
FROM spell AS s
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE days_between(greatest(s.from_day, t.pilot_start), p.as_of) + 1 > t.long_stay_days
