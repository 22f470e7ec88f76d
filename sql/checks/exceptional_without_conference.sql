SELECT
    c.case_key, 'cases' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.cases AS c
CROSS JOIN period AS p
WHERE c.decision = 'admitted' AND c.decided_on <= p.as_of AND c.applied_on <= p.as_of
    AND c.exclusion_ground <> 'none'
    AND NOT EXISTS (SELECT 1 FROM store.conferences AS o WHERE o.case_key = c.case_key AND o.held_on <= c.decided_on)
