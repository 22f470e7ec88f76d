WITH spent AS (
    SELECT location, sum(persons) AS persons, sum(not_admitted) AS not_admitted
    FROM period_census
    WHERE persons > 0
    GROUP BY location
),

total AS (
    SELECT
        CAST(coalesce(sum(persons), 0) AS BIGINT) AS persons,
        CAST(coalesce(sum(not_admitted), 0) AS BIGINT) AS not_admitted
    FROM spent
),

available AS (
    SELECT
        c.location, c.place_nights, CAST(coalesce(s.persons, 0) AS BIGINT) AS persons
    FROM capacity_nights AS c
    LEFT JOIN spent AS s ON s.location = c.location
    WHERE c.span = 'period'
)

SELECT
    'occupancy.person_nights' AS metric, NULL AS location, NULL AS population, persons AS value,
    NULL AS numerator, NULL AS denominator
FROM total
UNION ALL
SELECT 'occupancy.person_nights', location, NULL, CAST(persons AS BIGINT), NULL, NULL FROM spent
UNION ALL
SELECT 'occupancy.person_nights', NULL, 'admitted', persons - not_admitted, NULL, NULL FROM total
UNION ALL
SELECT 'occupancy.person_nights', NULL, 'not_admitted', not_admitted, NULL, NULL FROM total
UNION ALL
SELECT 'occupancy.double_nights', NULL, NULL, nights, NULL, NULL FROM double_nights
UNION ALL
SELECT 'occupancy.rate', NULL, NULL, NULL, t.persons, a.place_nights
FROM total AS t
CROSS JOIN agreed AS a
WHERE a.span = 'period'
UNION ALL
SELECT 'occupancy.utilisation', NULL, NULL, NULL, CAST(coalesce(sum(persons), 0) AS BIGINT), CAST(coalesce(sum(place_nights), 0) AS BIGINT)
FROM available
UNION ALL
SELECT 'occupancy.utilisation', location, NULL, NULL, persons, place_nights FROM available
