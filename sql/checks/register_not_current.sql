-- The last event of the registers of stays and of trajectories, where it lies more than 31 days before the reference date.
WITH event AS (
    SELECT 'stays' AS table_name, greatest(date_in, coalesce(date_out, date_in)) AS day, file_no, line_no FROM store.stays
    UNION ALL
    SELECT 'trajectories', greatest(started_on, coalesce(ended_on, started_on)), file_no, line_no FROM store.trajectories
),

ranked AS (
    SELECT
        table_name, day, file_no, line_no,
        row_number() OVER (PARTITION BY table_name ORDER BY day DESC, file_no, line_no) AS rank
    FROM event
)

SELECT
    NULL AS case_key, e.table_name, e.file_no, e.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM ranked AS e
CROSS JOIN period AS p
WHERE e.rank = 1 AND add_days(e.day, 31) < p.as_of
