-- table
-- Who filled a place in which nights: for each person disjoint runs of nights [from_day, until), each
-- at the stay that began last, at equal date_in the smaller stay_id. An open stay runs to the end of
-- time: its readers cut at their reference date, which never changes who has an earlier night. Only
-- stays that overlap are taken apart; cost follows the number of stays.
WITH edge AS (
    SELECT person_key, island_no, date_in AS day FROM island_stays
    UNION
    SELECT person_key, island_no, date_out FROM island_stays
),

piece AS (
    SELECT
        person_key, island_no, day AS from_day,
        lead(day) OVER (PARTITION BY person_key, island_no ORDER BY day) AS until
    FROM edge
),

owner AS (
    SELECT
        p.person_key, p.from_day, p.until, i.location, i.admitted_on,
        row_number() OVER (
            PARTITION BY p.person_key, p.from_day ORDER BY i.date_in DESC, i.stay_id
        ) AS rank
    FROM piece AS p
    JOIN island_stays AS i
        ON i.person_key = p.person_key AND i.island_no = p.island_no
        AND i.date_in <= p.from_day AND p.from_day < i.date_out
    WHERE p.until IS NOT NULL
)

SELECT
    c.person_key, s.date_in AS from_day, coalesce(s.date_out, DATE '9999-12-31') AS until, s.location,
    CASE WHEN c.decision = 'admitted' THEN c.decided_on END AS admitted_on
FROM store.stays AS s
JOIN store.cases AS c ON c.case_key = s.case_key
WHERE (s.date_out IS NULL OR s.date_out > s.date_in)
    AND NOT EXISTS (SELECT 1 FROM island_stays AS i WHERE i.stay_id = s.stay_id)
UNION ALL
SELECT person_key, from_day, until, location, admitted_on
FROM owner
WHERE rank = 1
