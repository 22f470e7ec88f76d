-- The entitlement by source, of the period and to date: shares rounded down to cents, what is left over to the first.
WITH part AS (
    SELECT a.span, s.position, s.name, CAST(floor_divide(a.cents * exact(s.share), s.unit) AS BIGINT) AS cents, a.cents AS whole
    FROM sources AS s
    CROSS JOIN agreed AS a
    WHERE a.span IN ('period', 'to_date')
),

total AS (
    SELECT span, sum(cents) AS cents FROM part GROUP BY span
)

SELECT
    p.span, p.name AS source, CAST(CASE WHEN p.position = 1 THEN p.cents + p.whole - t.cents ELSE p.cents END AS BIGINT) AS cents
FROM part AS p
JOIN total AS t ON t.span = p.span
