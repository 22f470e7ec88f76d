WITH total AS (
    SELECT
        CAST(coalesce(sum(CASE WHEN in_period THEN cents END), 0) AS BIGINT) AS in_period,
        CAST(coalesce(sum(CASE WHEN in_pilot THEN cents END), 0) AS BIGINT) AS to_date
    FROM expenses
),

available AS (
    SELECT CAST(coalesce(sum(place_nights), 0) AS BIGINT) AS place_nights FROM capacity_nights WHERE span = 'period'
)

SELECT 'cost.total' AS metric, NULL AS kind, in_period AS value, NULL AS numerator, NULL AS denominator
FROM total
UNION ALL
SELECT 'cost.total', kind, CAST(sum(cents) AS BIGINT), NULL, NULL
FROM expenses
WHERE in_period
GROUP BY kind
UNION ALL
SELECT 'cost.total_to_date', NULL, to_date, NULL, NULL
FROM total
UNION ALL
SELECT
    'cost.per_available_night', NULL,
    CAST(CASE WHEN a.place_nights > 0 THEN round_divide(c.in_period, a.place_nights) END AS BIGINT), c.in_period, a.place_nights
FROM total AS c
CROSS JOIN available AS a
UNION ALL
SELECT 'cost.coverage', NULL, NULL, e.cents, c.in_period
FROM total AS c
CROSS JOIN agreed AS e
WHERE e.span = 'period'
