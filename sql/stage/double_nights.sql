-- (stay, night) pairs of the period's pilot nights beyond the first of each person: in every island,
-- the nights of its stays less the nights from its first to its last.
WITH span AS (
    SELECT greatest(p.from_day, t.pilot_start) AS from_day, add_days(least(p.to_day, t.pilot_end), 1) AS until
    FROM period AS p
    CROSS JOIN terms AS t
),

run AS (
    SELECT date_in AS from_day, date_out AS until, 1 AS sign FROM island_stays
    UNION ALL
    SELECT min(date_in), max(date_out), -1 FROM island_stays GROUP BY person_key, island_no
)

SELECT CAST(coalesce(sum(r.sign * days_between(greatest(r.from_day, s.from_day), least(r.until, s.until))), 0) AS BIGINT) AS nights
FROM run AS r
CROSS JOIN span AS s
WHERE r.from_day < s.until AND r.until > s.from_day AND s.from_day < s.until
