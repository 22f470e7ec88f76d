-- One row a location, for the first such night: the capacity table's row that stood on it, if any, and
-- a stay there.
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
),

reported AS (
    SELECT a.location, min(tuple2(c.file_no, c.line_no)) AS first_row
    FROM above AS a
    JOIN store.capacity AS c
        ON c.location = a.location AND a.night BETWEEN c.valid_from AND coalesce(c.valid_to, a.night)
    GROUP BY a.location
),

housed AS (
    SELECT a.location, min(tuple2(s.file_no, s.line_no)) AS first_row
    FROM above AS a
    JOIN location_numbers AS l ON l.location = a.location
    JOIN sheltered AS s ON s.location_no = l.location_no AND a.night >= s.from_day AND a.night < s.until
    GROUP BY a.location
)

SELECT
    NULL AS case_key, 'capacity' AS table_name, part1(r.first_row) AS file_no, part2(r.first_row) AS line_no,
    'stays' AS other_table, part1(h.first_row) AS other_file_no, part2(h.first_row) AS other_line_no
FROM housed AS h
LEFT JOIN reported AS r ON r.location = h.location
