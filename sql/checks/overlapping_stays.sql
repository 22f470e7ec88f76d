-- The later stay, and of the earlier ones that it overlaps the one that ends last.
WITH pair AS (
    SELECT
        l.case_key, l.file_no, l.line_no, e.file_no AS other_file_no, e.line_no AS other_line_no,
        row_number() OVER (PARTITION BY l.stay_id ORDER BY e.date_out DESC, e.stay_id) AS rank
    FROM island_stays AS l
    JOIN island_stays AS e
        ON e.person_key = l.person_key AND e.island_no = l.island_no AND l.date_in < e.date_out
        AND (e.date_in < l.date_in OR (e.date_in = l.date_in AND e.stay_id < l.stay_id))
    CROSS JOIN period AS p
    WHERE l.date_in <= p.as_of
)

SELECT case_key, 'stays' AS table_name, file_no, line_no, 'stays' AS other_table, other_file_no, other_line_no
FROM pair
WHERE rank = 1
