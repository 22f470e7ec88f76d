-- table
-- The calendar years of the pilot up to the reference date.
SELECT y.n AS year, first_of_year(y.n) AS first_day, add_days(first_of_year(y.n + 1), -1) AS last_day
FROM whole_numbers(
    (SELECT extract(year FROM pilot_start) FROM terms),
    (SELECT extract(year FROM least(t.pilot_end, p.as_of)) FROM terms AS t CROSS JOIN period AS p)
) AS y
CROSS JOIN terms AS r
CROSS JOIN period AS q
WHERE q.as_of >= r.pilot_start
