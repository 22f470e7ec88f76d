-- The gaps between a person's nights up to the reference date, and that before the reference date.
-- They are looked for among all persons, which costs less than choosing persons first.
WITH open_trajectory AS (
    SELECT t.case_key, c.person_key, t.started_on, t.file_no, t.line_no
    FROM store.trajectories AS t
    JOIN store.cases AS c ON c.case_key = t.case_key
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of AND (t.ended_on IS NULL OR t.ended_on > p.as_of)
),

night AS (
    SELECT
        n.person_key, n.until,
        lead(n.from_day, 1, add_days(p.as_of, 1)) OVER (PARTITION BY n.person_key ORDER BY n.from_day) AS next_day
    FROM nights AS n
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of
),

gap AS (
    SELECT person_key, until, next_day FROM night WHERE days_between(until, next_day) > 90
)

SELECT DISTINCT
    t.case_key, 'trajectories' AS table_name, t.file_no, t.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM open_trajectory AS t
JOIN gap AS g ON g.person_key = t.person_key AND days_between(greatest(g.until, t.started_on), g.next_day) > 90
