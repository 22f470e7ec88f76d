-- The ends of the months from the pilot's start, the last one cut to the reference date.
SELECT DISTINCT least(last_of_month(d.day), p.as_of) AS day
FROM days_from((SELECT pilot_start FROM terms), (SELECT as_of FROM period)) AS d
CROSS JOIN period AS p
