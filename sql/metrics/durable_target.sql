WITH reported AS (
    SELECT coalesce(sum(
        c.places * (days_between(greatest(c.valid_from, t.pilot_start), least(coalesce(c.valid_to, p.as_of), p.as_of, t.pilot_end)) + 1)
    ), 0) AS place_nights
    FROM store.capacity AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.valid_from <= least(p.as_of, t.pilot_end) AND coalesce(c.valid_to, p.as_of) >= t.pilot_start AND p.as_of >= t.pilot_start
),

agreed_in_all AS (
    SELECT coalesce(sum(places * (days_between(from_day, to_day) + 1)), 0) AS place_nights FROM places
)

SELECT 'durable.target' AS metric, target_cases AS value, NULL AS measure, NULL AS numerator, NULL AS denominator
FROM terms
UNION ALL
SELECT 'durable.expected', NULL, coalesce(sum(e.cases), 0), NULL, NULL
FROM expected_cases AS e
CROSS JOIN period AS p
WHERE e.day = p.as_of
UNION ALL
SELECT
    'durable.expected_by_places', NULL, NULL,
    CAST(t.target_cases * c.place_nights AS BIGINT), CAST(a.place_nights AS BIGINT)
FROM terms AS t
CROSS JOIN reported AS c
CROSS JOIN agreed_in_all AS a
