-- table
-- The nights of each island divided over its stays: a night goes to the stay that began last, at
-- equal date_in to the smaller number of the stay.
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
        p.person_key, p.from_day, p.until, i.location_no, i.admitted_on, i.file_no, i.line_no,
        row_number() OVER (
            PARTITION BY p.person_key, p.from_day ORDER BY i.date_in DESC, i.stay_order
        ) AS rank
    FROM piece AS p
    JOIN island_stays AS i
        ON i.person_key = p.person_key AND i.island_no = p.island_no
        AND i.date_in <= p.from_day AND p.from_day < i.date_out
    WHERE p.until IS NOT NULL
)

SELECT person_key, from_day, until, location_no, admitted_on, file_no, line_no
FROM owner
WHERE rank = 1
