-- The gaps between a person's nights up to the reference date, and that before the reference date. A
-- gap begins where a stay ends and neither an earlier nor the next one holds the night.
WITH open_trajectory AS (
    SELECT t.case_key, c.person_key, t.started_on, t.file_no, t.line_no
    FROM store.trajectories AS t
    JOIN store.cases AS c ON c.case_key = t.case_key
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of AND (t.ended_on IS NULL OR t.ended_on > p.as_of)
),

left_on AS (
    SELECT
        n.person_key, greatest(n.until, coalesce(n.occupied_until, n.until)) AS until,
        least(coalesce(n.next_day, add_days(p.as_of, 1)), add_days(p.as_of, 1)) AS next_day
    FROM sheltered AS n
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of
),

gap AS (
    SELECT person_key, until, next_day FROM left_on WHERE until < next_day AND days_between(until, next_day) > 90
)

SELECT DISTINCT
    t.case_key, 'trajectories' AS table_name, t.file_no, t.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM open_trajectory AS t
JOIN gap AS g ON g.person_key = t.person_key AND days_between(greatest(g.until, t.started_on), g.next_day) > 90
