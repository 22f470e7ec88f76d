-- Place nights that each location reported for the period's pilot days.
WITH span AS (
    SELECT greatest(p.from_day, t.pilot_start) AS from_day, least(p.to_day, t.pilot_end) AS to_day
    FROM period AS p
    CROSS JOIN terms AS t
)

SELECT
    l.location,
    CAST(coalesce(sum(
        c.places * (days_between(greatest(c.valid_from, s.from_day), least(coalesce(c.valid_to, s.to_day), s.to_day)) + 1)
    ), 0) AS BIGINT) AS place_nights
FROM locations AS l
CROSS JOIN span AS s
LEFT JOIN store.capacity AS c
    ON c.location = l.location AND c.valid_from <= s.to_day AND coalesce(c.valid_to, s.to_day) >= s.from_day
    AND s.from_day <= s.to_day
GROUP BY l.location
