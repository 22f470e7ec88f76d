-- Payments up to the reference date in cents. A source is known by its name in the pilot's terms,
-- whatever its capitals; one that the terms do not name stands under its own name.
SELECT
    coalesce(s.name, f.source) AS source,
    CAST(CAST(f.amount AS DECIMAL(38, 2)) * 100 AS BIGINT) AS cents,
    f.received_on BETWEEN p.from_day AND p.to_day AS in_period
FROM store.payments AS f
CROSS JOIN period AS p
LEFT JOIN sources AS s ON lower(s.name) = lower(f.source)
WHERE f.received_on <= p.as_of
