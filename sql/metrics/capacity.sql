SELECT 'capacity.agreed_place_nights' AS metric, NULL AS location, place_nights AS value
FROM agreed
WHERE span = 'period'
UNION ALL
SELECT 'capacity.place_nights', location, CAST(coalesce(sum(place_nights), 0) AS BIGINT)
FROM capacity_nights
WHERE span = 'period'
GROUP BY GROUPING SETS ((), (location))
