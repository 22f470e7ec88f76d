-- One finding without a row, for the period as a whole.
SELECT
    NULL AS case_key, 'stays' AS table_name, NULL AS file_no, NULL AS line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM period AS p
CROSS JOIN terms AS t
WHERE p.to_day < t.pilot_start OR p.from_day > t.pilot_end
