SELECT
    l.case_key, 'trajectories' AS table_name, l.file_no, l.line_no,
    'trajectories' AS other_table, e.file_no AS other_file_no, e.line_no AS other_line_no
FROM amif_trajectories AS l
JOIN amif_trajectories AS e
    ON e.person_key = l.person_key AND e.sequence < l.sequence
    AND l.started_on < coalesce(e.ended_on, DATE '9999-12-31')
