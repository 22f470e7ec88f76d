-- The trajectories of the courses of guidance that had begun by the reference date, as known then: one
-- row a trajectory, in the order of the course, with what holds for the course as a whole. position
-- counts within the course.
WITH part AS (
    SELECT
        t.case_key, t.trajectory_key, t.trajectory_order, t.scenario, t.started_on, p.as_of,
        min(t.started_on) OVER (PARTITION BY t.case_key, coalesce(c.course_no, 1)) AS began_on
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    LEFT JOIN course_parts AS c ON c.case_key = t.case_key AND c.trajectory_order = t.trajectory_order
    WHERE t.started_on <= p.as_of
)

SELECT
    k.person_key,
    row_number() OVER (PARTITION BY a.case_key, a.began_on ORDER BY a.started_on, a.trajectory_order) AS position,
    a.trajectory_key, a.scenario,
    c.ended_on IS NULL AS is_running,
    days_between(c.began_on, coalesce(c.ended_on, a.as_of)) AS days,
    CASE
        WHEN c.end_kind IN ('running', 'semi_durable') THEN c.end_kind
        WHEN c.end_kind = 'other' THEN 'none'
        ELSE 'durable'
    END AS outcome_level
FROM part AS a
JOIN courses AS c ON c.case_key = a.case_key AND c.began_on = a.began_on
JOIN store.cases AS k ON k.case_key = a.case_key
ORDER BY k.person_key, a.case_key, a.began_on, position
