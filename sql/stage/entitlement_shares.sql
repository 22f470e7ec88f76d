-- The period's entitlement by source: shares rounded down to cents, what is left over to the first.
WITH part AS (
    SELECT s.position, s.name, CAST(floor_divide(a.cents * exact(s.share), s.unit) AS BIGINT) AS cents, a.cents AS whole
    FROM sources AS s
    CROSS JOIN agreed AS a
    WHERE a.span = 'period'
),

total AS (
    SELECT sum(cents) AS cents FROM part
)

SELECT p.name AS source, CAST(CASE WHEN p.position = 1 THEN p.cents + p.whole - t.cents ELSE p.cents END AS BIGINT) AS cents
FROM part AS p
CROSS JOIN total AS t
