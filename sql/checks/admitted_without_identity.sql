SELECT
    c.case_key, 'cases' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.cases AS c
CROSS JOIN period AS p
WHERE c.decision = 'admitted' AND c.decided_on <= p.as_of AND c.applied_on <= p.as_of
    AND c.identity_unknown AND NOT coalesce(c.identity_check_on <= p.as_of, FALSE)
