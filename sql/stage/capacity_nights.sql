-- table
-- Place nights that each location reported, on the pilot days of the period and of the pilot to date.
WITH pilot_span AS (
    SELECT s.span, greatest(s.from_day, t.pilot_start) AS from_day, least(s.to_day, t.pilot_end) AS to_day
    FROM spans AS s
    CROSS JOIN terms AS t
    WHERE s.span IN ('period', 'to_date')
)

SELECT
    s.span, l.location,
    CAST(coalesce(sum(
        c.places * (days_between(greatest(c.valid_from, s.from_day), least(coalesce(c.valid_to, s.to_day), s.to_day)) + 1)
    ), 0) AS BIGINT) AS place_nights
FROM locations AS l
CROSS JOIN pilot_span AS s
LEFT JOIN store.capacity AS c
    ON c.location = l.location AND c.valid_from <= s.to_day AND coalesce(c.valid_to, s.to_day) >= s.from_day
    AND s.from_day <= s.to_day
GROUP BY s.span, l.location
