SELECT
    t.case_key, 'trajectories' AS table_name, t.file_no, t.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.scenario = 'undecided' AND days_between(t.started_on, p.as_of) > 90
    AND (t.ended_on IS NULL OR t.ended_on > p.as_of)
