-- One row a location: the capacity table's row that stood on the first such night, if any.
WITH reported AS (
    SELECT
        n.location, n.night, n.persons, coalesce(sum(c.places), 0) AS available,
        first_by(c.file_no, c.file_no, c.line_no) AS file_no, first_by(c.line_no, c.file_no, c.line_no) AS line_no
    FROM period_census AS n
    LEFT JOIN store.capacity AS c
        ON c.location = n.location AND n.night BETWEEN c.valid_from AND coalesce(c.valid_to, n.night)
    GROUP BY n.location, n.night, n.persons
),

above AS (
    SELECT *, row_number() OVER (PARTITION BY location ORDER BY night) AS rank
    FROM reported
    WHERE persons > available
)

SELECT
    NULL AS case_key, 'capacity' AS table_name, file_no, line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM above
WHERE rank = 1
