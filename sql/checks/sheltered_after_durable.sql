-- A stay that began after a durable outcome of its person, with the last such trajectory before it.
WITH solved AS (
    SELECT c.person_key, t.ended_on, t.trajectory_order, t.file_no, t.line_no
    FROM store.trajectories AS t
    JOIN store.cases AS c ON c.case_key = t.case_key
    JOIN outcome_levels AS l ON l.outcome = t.outcome AND l.level = 'durable'
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
    WHERE t.ended_on BETWEEN r.pilot_start AND p.as_of
),

pair AS (
    SELECT
        s.case_key, s.file_no, s.line_no, d.file_no AS other_file_no, d.line_no AS other_line_no,
        row_number() OVER (PARTITION BY s.file_no, s.line_no ORDER BY d.ended_on DESC, d.trajectory_order) AS rank
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    JOIN solved AS d ON d.person_key = c.person_key AND d.ended_on < s.date_in
    CROSS JOIN period AS p
    WHERE s.date_in <= p.as_of
)

SELECT
    case_key, 'stays' AS table_name, file_no, line_no,
    'trajectories' AS other_table, other_file_no, other_line_no
FROM pair
WHERE rank = 1
