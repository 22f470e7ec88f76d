WITH known AS (
    SELECT c.case_key
    FROM store.conferences AS c
    CROSS JOIN period AS p
    WHERE c.held_on <= p.as_of
)

SELECT
    t.case_key, 'trajectories' AS table_name, t.file_no, t.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.started_on <= p.as_of
    AND NOT EXISTS (SELECT 1 FROM known AS k WHERE k.case_key = t.case_key)
