WITH span AS (
    SELECT greatest(p.from_day, t.pilot_start) AS from_day, least(p.to_day, t.pilot_end) AS to_day
    FROM period AS p
    CROSS JOIN terms AS t
)

SELECT 'occupancy.persons' AS metric, NULL AS location, count(DISTINCT n.person_key) AS value
FROM sheltered AS n
CROSS JOIN span AS s
WHERE n.from_day <= s.to_day AND n.until > s.from_day AND s.from_day <= s.to_day
UNION ALL
SELECT 'occupancy.persons_on_reference_date', l.location, CAST(coalesce(sum(c.persons), 0) AS BIGINT)
FROM census AS c
JOIN location_numbers AS l ON l.location_no = c.location_no
CROSS JOIN period AS p
WHERE c.night = p.as_of AND c.persons > 0
GROUP BY GROUPING SETS ((), (l.location))
