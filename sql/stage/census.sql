-- table
-- For every pilot night and location: persons, those of them admitted by that night, and stays. A
-- sweep over the ends of the runs of nights: +1 where one begins, -1 where it ends.
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

admitted AS (
    SELECT location, greatest(from_day, admitted_on) AS from_day, until
    FROM person
    WHERE admitted_on < until
),

stay AS (
    SELECT
        s.location, greatest(s.date_in, p.pilot_start) AS from_day,
        least(coalesce(s.date_out, p.until), p.until) AS until
    FROM store.stays AS s
    CROSS JOIN pilot AS p
    WHERE s.date_in < p.until
        AND (s.date_out IS NULL OR (s.date_out > s.date_in AND s.date_out > p.pilot_start))
),

change AS (
    SELECT location, from_day AS night, count(*) AS persons, 0 AS admitted, 0 AS stays FROM person GROUP BY location, from_day
    UNION ALL
    SELECT location, until, -count(*), 0, 0 FROM person GROUP BY location, until
    UNION ALL
    SELECT location, from_day, 0, count(*), 0 FROM admitted GROUP BY location, from_day
    UNION ALL
    SELECT location, until, 0, -count(*), 0 FROM admitted GROUP BY location, until
    UNION ALL
    SELECT location, from_day, 0, 0, count(*) FROM stay GROUP BY location, from_day
    UNION ALL
    SELECT location, until, 0, 0, -count(*) FROM stay GROUP BY location, until
),

total AS (
    SELECT location, night, sum(persons) AS persons, sum(admitted) AS admitted, sum(stays) AS stays
    FROM change
    GROUP BY location, night
),

place AS (
    SELECT DISTINCT location FROM total
)

SELECT
    l.location, d.day AS night,
    CAST(coalesce(sum(t.persons) OVER so_far, 0) AS BIGINT) AS persons,
    CAST(coalesce(sum(t.admitted) OVER so_far, 0) AS BIGINT) AS admitted,
    CAST(coalesce(sum(t.stays) OVER so_far, 0) AS BIGINT) AS stays
FROM place AS l
CROSS JOIN days_from((SELECT pilot_start FROM pilot), (SELECT pilot_end FROM pilot)) AS d
LEFT JOIN total AS t ON t.location = l.location AND t.night = d.day
WINDOW so_far AS (PARTITION BY l.location ORDER BY d.day)
