SELECT
    case_key, 'trajectories' AS table_name, file_no, line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM return_trajectories
WHERE project = 'unknown'
