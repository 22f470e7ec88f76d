-- One row a location: the capacity table's row that stood on the first such night, if any.
WITH available AS (
    SELECT n.location, n.night, sum(c.places) AS places
    FROM period_census AS n
    JOIN store.capacity AS c
        ON c.location = n.location AND n.night BETWEEN c.valid_from AND coalesce(c.valid_to, n.night)
    WHERE n.persons > 0
    GROUP BY n.location, n.night
),

above AS (
    SELECT n.location, min(n.night) AS night
    FROM period_census AS n
    LEFT JOIN available AS a ON a.location = n.location AND a.night = n.night
    WHERE n.persons > coalesce(a.places, 0)
    GROUP BY n.location
)

SELECT
    NULL AS case_key, 'capacity' AS table_name,
    first_by(c.file_no, c.file_no, c.line_no) AS file_no, first_by(c.line_no, c.file_no, c.line_no) AS line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM above AS a
LEFT JOIN store.capacity AS c
    ON c.location = a.location AND a.night BETWEEN c.valid_from AND coalesce(c.valid_to, a.night)
GROUP BY a.location
