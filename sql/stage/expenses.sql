-- Costs in cents: those of the period, and those from the pilot's start to the reference date.
SELECT
    c.kind, CAST(CAST(c.amount AS DECIMAL(38, 2)) * 100 AS BIGINT) AS cents,
    c.spent_on BETWEEN p.from_day AND p.to_day AS in_period,
    c.spent_on >= t.pilot_start AS in_pilot
FROM store.costs AS c
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE c.spent_on <= p.as_of
