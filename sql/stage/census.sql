-- table
-- For every pilot night and location: persons, and those of them not admitted by that night. A sweep
-- over the ends of the runs of nights: +1 where one begins, -1 where it ends.
WITH pilot AS (
    SELECT pilot_start, pilot_end, add_days(pilot_end, 1) AS until FROM terms
),

person AS (
    SELECT
        n.location, n.admitted_on,
        greatest(n.from_day, p.pilot_start) AS from_day, least(n.until, p.until) AS until
    FROM nights AS n
    CROSS JOIN pilot AS p
    WHERE n.until > p.pilot_start AND n.from_day < p.until
),

not_admitted AS (
    SELECT location, from_day, least(until, coalesce(admitted_on, until)) AS until
    FROM person
    WHERE admitted_on IS NULL OR admitted_on > from_day
),

change AS (
    SELECT location, from_day AS night, count(*) AS persons, 0 AS not_admitted FROM person GROUP BY location, from_day
    UNION ALL
    SELECT location, until, -count(*), 0 FROM person GROUP BY location, until
    UNION ALL
    SELECT location, from_day, 0, count(*) FROM not_admitted GROUP BY location, from_day
    UNION ALL
    SELECT location, until, 0, -count(*) FROM not_admitted GROUP BY location, until
),

total AS (
    SELECT location, night, sum(persons) AS persons, sum(not_admitted) AS not_admitted
    FROM change
    GROUP BY location, night
),

place AS (
    SELECT DISTINCT location FROM total
)

SELECT
    l.location, d.day AS night,
    CAST(coalesce(sum(t.persons) OVER so_far, 0) AS BIGINT) AS persons,
    CAST(coalesce(sum(t.not_admitted) OVER so_far, 0) AS BIGINT) AS not_admitted
FROM place AS l
CROSS JOIN days_from((SELECT pilot_start FROM pilot), (SELECT pilot_end FROM pilot)) AS d
LEFT JOIN total AS t ON t.location = l.location AND t.night = d.day
WINDOW so_far AS (PARTITION BY l.location ORDER BY d.day)
