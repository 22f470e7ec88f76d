WITH available AS (
    SELECT span, sum(place_nights) AS place_nights FROM capacity_nights GROUP BY span
)

SELECT 'funding.delivered' AS metric, CAST(coalesce(sum(exact(d.place_nights) * t.rate_cents), 0) AS BIGINT) AS value
FROM available AS d
CROSS JOIN terms AS t
WHERE d.span = 'period'
UNION ALL
SELECT
    'funding.undelivered_to_date',
    CAST(max(a.cents) - coalesce(sum(exact(d.place_nights) * t.rate_cents), 0) AS BIGINT)
FROM agreed AS a
CROSS JOIN terms AS t
LEFT JOIN available AS d ON d.span = a.span
WHERE a.span = 'to_date'
