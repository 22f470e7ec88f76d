WITH paid AS (
    SELECT
        CAST(coalesce(sum(cents), 0) AS BIGINT) AS to_date,
        CAST(coalesce(sum(CASE WHEN in_period THEN cents END), 0) AS BIGINT) AS in_period
    FROM received
),

owed AS (
    SELECT source, cents FROM entitlement_shares WHERE span = 'to_date'
    UNION ALL
    SELECT source, -cents FROM received
)

SELECT 'funding.entitlement' AS metric, NULL AS year, NULL AS source, cents AS value
FROM agreed
WHERE span = 'period'
UNION ALL
SELECT 'funding.entitlement', year, NULL, cents
FROM agreed
WHERE span = 'year'
UNION ALL
SELECT 'funding.entitlement', NULL, source, cents
FROM entitlement_shares
WHERE span = 'period'
UNION ALL
SELECT 'funding.entitlement_to_date', NULL, NULL, cents
FROM agreed
WHERE span = 'to_date'
UNION ALL
SELECT 'funding.entitlement_to_date', NULL, source, cents
FROM entitlement_shares
WHERE span = 'to_date'
UNION ALL
SELECT 'funding.received', NULL, NULL, in_period
FROM paid
UNION ALL
SELECT 'funding.received', NULL, source, CAST(coalesce(sum(CASE WHEN in_period THEN cents END), 0) AS BIGINT)
FROM received
GROUP BY source
UNION ALL
SELECT 'funding.received_to_date', NULL, NULL, to_date
FROM paid
UNION ALL
SELECT 'funding.received_to_date', NULL, source, CAST(sum(cents) AS BIGINT)
FROM received
GROUP BY source
UNION ALL
SELECT 'funding.balance', NULL, NULL, a.cents - p.to_date
FROM agreed AS a
CROSS JOIN paid AS p
WHERE a.span = 'to_date'
UNION ALL
SELECT 'funding.balance', NULL, source, CAST(sum(cents) AS BIGINT)
FROM owed
GROUP BY source
UNION ALL
SELECT 'funding.budget', b.year, b.source, CAST(round_divide(b.cents * exact(t.pilots), 5) AS BIGINT)
FROM budget AS b
CROSS JOIN terms AS t
