-- table
-- The quarters from the pilot's start to the reference date, cut to those days.
SELECT
    quarter_label(d.day) AS quarter,
    min(d.day) AS from_day,
    max(d.day) AS to_day
FROM days_from((SELECT pilot_start FROM terms), (SELECT as_of FROM period)) AS d
GROUP BY quarter_label(d.day)
