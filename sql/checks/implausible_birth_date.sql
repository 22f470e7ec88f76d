SELECT
    c.case_key, 'cases' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.cases AS c
CROSS JOIN period AS p
WHERE c.applied_on <= p.as_of
    AND (c.birth_date > c.applied_on OR extract(year FROM c.applied_on) - extract(year FROM c.birth_date) > 110)
