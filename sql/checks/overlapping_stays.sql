-- The later stay, and of the earlier ones that it overlaps the one that ends last: of all earlier ones
-- of its island, for if that one has ended, all have.
WITH neighbour AS (
    SELECT
        case_key, date_in, file_no, line_no,
        min(tuple4(days_between(date_out, DATE '9999-12-31'), stay_order, file_no, line_no)) OVER (
            PARTITION BY person_key, island_no ORDER BY date_in, stay_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ends_last
    FROM island_stays
)

SELECT
    n.case_key, 'stays' AS table_name, n.file_no, n.line_no,
    'stays' AS other_table, part3(n.ends_last) AS other_file_no, part4(n.ends_last) AS other_line_no
FROM neighbour AS n
CROSS JOIN period AS p
WHERE n.date_in <= p.as_of AND part1(n.ends_last) < days_between(n.date_in, DATE '9999-12-31')
