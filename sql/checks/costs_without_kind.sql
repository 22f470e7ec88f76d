-- Booked as "other" without a reference, nothing tells what was bought.
SELECT
    NULL AS case_key, 'costs' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.costs AS c
CROSS JOIN period AS p
WHERE c.kind = 'other' AND c.reference IS NULL AND c.spent_on <= p.as_of
