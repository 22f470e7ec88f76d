SELECT
    t.case_key, 'trajectories' AS table_name, t.file_no, t.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.outcome IS NOT NULL AND t.ended_on IS NULL AND t.started_on <= p.as_of
