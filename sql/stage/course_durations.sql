-- The courses at risk in the pilot, by the days after which they entered and left: those that began
-- before it are at risk from its start, those that ended before it never are. What still runs is
-- censored at the reference date.
SELECT
    greatest(0, days_between(c.began_on, t.pilot_start)) AS entered,
    days_between(c.began_on, coalesce(c.ended_on, p.as_of)) AS days,
    c.end_kind, count(*) AS number
FROM courses AS c
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE coalesce(c.ended_on, p.as_of) >= t.pilot_start
GROUP BY 1, 2, 3
