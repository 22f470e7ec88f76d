-- The trajectories of the courses of release_courses with the case and the course that they belong to: a course has
-- the key of the trajectory that it began with.
WITH part AS (
    SELECT
        r.position, r.trajectory_key, r.scenario, r.is_running, r.days, r.outcome_level, t.case_key, t.started_on,
        sum(CASE WHEN r.position = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order) AS course_no
    FROM release_courses AS r
    JOIN store.trajectories AS t ON t.trajectory_key = r.trajectory_key
)

SELECT
    p.position, p.trajectory_key, p.scenario, p.is_running, p.days, p.outcome_level, p.case_key, p.started_on, f.trajectory_key AS course_key
FROM part AS p
JOIN part AS f ON f.case_key = p.case_key AND f.course_no = p.course_no AND f.position = 1
