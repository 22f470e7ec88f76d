SELECT
    s.case_key, 'stays' AS table_name, s.file_no, s.line_no,
    'cases' AS other_table, c.file_no AS other_file_no, c.line_no AS other_line_no
FROM store.stays AS s
JOIN store.cases AS c ON c.case_key = s.case_key
CROSS JOIN period AS p
WHERE c.decision = 'refused' AND c.decided_on <= p.as_of AND s.date_in <= p.as_of
