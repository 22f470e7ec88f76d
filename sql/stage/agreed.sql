-- table
-- Agreed place nights and what they bring in, for each span. The rows of places cover pilot days only.
SELECT
    s.span, s.year,
    CAST(coalesce(sum(a.places * (days_between(greatest(a.from_day, s.from_day), least(a.to_day, s.to_day)) + 1)), 0) AS BIGINT)
        AS place_nights,
    CAST(coalesce(sum(a.places * (days_between(greatest(a.from_day, s.from_day), least(a.to_day, s.to_day)) + 1)), 0) * t.rate_cents AS BIGINT)
        AS cents
FROM spans AS s
CROSS JOIN terms AS t
LEFT JOIN places AS a ON a.from_day <= s.to_day AND s.from_day <= a.to_day
GROUP BY s.span, s.year, t.rate_cents
