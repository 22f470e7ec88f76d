-- table
-- For every pilot night and location: persons, and those of them not admitted by that night. A sweep
-- over the ends of the runs of nights: +1 where one begins, -1 where it ends.
WITH pilot AS (
    SELECT pilot_start, pilot_end, add_days(pilot_end, 1) AS until FROM terms
),

person AS (
    SELECT
        n.location_no, greatest(n.from_day, p.pilot_start) AS from_day, least(n.until, p.until) AS until,
        coalesce(n.admitted_on, p.until) AS admitted_on
    FROM nights AS n
    CROSS JOIN pilot AS p
    WHERE n.until > p.pilot_start AND n.from_day < p.until
),

change AS (
    SELECT
        location_no, from_day AS night, count(*) AS persons,
        count(CASE WHEN admitted_on > from_day THEN 1 END) AS not_admitted
    FROM person
    GROUP BY location_no, from_day
    UNION ALL
    SELECT location_no, until, -count(*), 0 FROM person GROUP BY location_no, until
    UNION ALL
    SELECT location_no, least(until, admitted_on), 0, -count(*)
    FROM person
    WHERE admitted_on > from_day
    GROUP BY location_no, least(until, admitted_on)
),

total AS (
    SELECT location_no, night, CAST(sum(persons) AS INTEGER) AS persons, CAST(sum(not_admitted) AS INTEGER) AS not_admitted
    FROM change
    GROUP BY location_no, night
),

place AS (
    SELECT DISTINCT location_no FROM total
)

SELECT
    l.location_no, d.day AS night,
    CAST(coalesce(sum(t.persons) OVER so_far, 0) AS BIGINT) AS persons,
    CAST(coalesce(sum(t.not_admitted) OVER so_far, 0) AS BIGINT) AS not_admitted
FROM place AS l
CROSS JOIN days_from((SELECT pilot_start FROM pilot), (SELECT pilot_end FROM pilot)) AS d
LEFT JOIN total AS t ON t.location_no = l.location_no AND t.night = d.day
WINDOW so_far AS (PARTITION BY l.location_no ORDER BY d.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
