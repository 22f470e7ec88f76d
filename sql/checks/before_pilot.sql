WITH begin_day AS (
    SELECT 'cases' AS table_name, case_key, applied_on AS day, file_no, line_no FROM store.cases
    UNION ALL
    SELECT 'stays', case_key, date_in, file_no, line_no FROM store.stays
    UNION ALL
    SELECT 'trajectories', case_key, started_on, file_no, line_no FROM store.trajectories
    UNION ALL
    SELECT 'conferences', case_key, held_on, file_no, line_no FROM store.conferences
    UNION ALL
    SELECT 'reviews', case_key, submitted_on, file_no, line_no FROM store.reviews
    UNION ALL
    SELECT 'guidance', NULL, held_on, file_no, line_no FROM store.guidance
    UNION ALL
    SELECT 'payments', NULL, received_on, file_no, line_no FROM store.payments
    UNION ALL
    SELECT 'meetings', NULL, held_on, file_no, line_no FROM store.meetings
    UNION ALL
    SELECT 'escalations', NULL, submitted_on, file_no, line_no FROM store.escalations
    UNION ALL
    SELECT 'costs', NULL, spent_on, file_no, line_no FROM store.costs
)

SELECT
    b.case_key, b.table_name, b.file_no, b.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM begin_day AS b
CROSS JOIN terms AS t
WHERE b.day < t.pilot_start
