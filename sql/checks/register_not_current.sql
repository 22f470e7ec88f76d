-- The last event of the registers of stays and of trajectories, where it lies more than 31 days before the reference date.
WITH event AS (
    SELECT 'stays' AS table_name, greatest(date_in, coalesce(date_out, date_in)) AS day, file_no, line_no FROM store.stays
    UNION ALL
    SELECT 'trajectories', greatest(started_on, coalesce(ended_on, started_on)), file_no, line_no FROM store.trajectories
),

stale AS (
    SELECT e.table_name, max(e.day) AS day
    FROM event AS e
    CROSS JOIN period AS p
    GROUP BY e.table_name, p.as_of
    HAVING add_days(max(e.day), 31) < p.as_of
),

ranked AS (
    SELECT
        e.table_name, e.file_no, e.line_no,
        row_number() OVER (PARTITION BY e.table_name ORDER BY e.file_no, e.line_no) AS rank
    FROM event AS e
    JOIN stale AS l ON l.table_name = e.table_name AND l.day = e.day
)

SELECT
    NULL AS case_key, table_name, file_no, line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM ranked
WHERE rank = 1
