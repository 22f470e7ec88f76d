-- How much of the pilot has passed on the reference date, its first day and the reference date counted.
SELECT
    t.target_cases,
    greatest(0, days_between(t.pilot_start, least(p.as_of, t.pilot_end)) + 1) AS elapsed_days,
    days_between(t.pilot_start, t.pilot_end) + 1 AS pilot_days
FROM terms AS t
CROSS JOIN period AS p
