-- The courses of release_courses, by the trajectory that each began with, with what is known of the person.
-- scenario is that of the first trajectory, last_scenario that of the last one.
WITH course AS (
    SELECT
        r.person_key, r.case_key, r.course_no, max(r.position) AS trajectories,
        max(CASE WHEN r.is_running THEN 1 ELSE 0 END) AS is_running, max(r.days) AS days, max(r.outcome_level) AS level
    FROM release_courses AS r
    GROUP BY r.person_key, r.case_key, r.course_no
)

SELECT
    x.person_key, f.trajectory_key AS unit_key, c.sex, c.age, c.nationality, c.region, c.special_group, c.rejected,
    f.scenario, l.scenario AS last_scenario, x.trajectories, x.days, CASE WHEN x.is_running = 1 THEN 'true' ELSE 'false' END AS running, x.level,
    t.started_on, CASE WHEN x.is_running = 1 THEN NULL ELSE add_days(t.started_on, x.days) END AS ended_on,
    CASE WHEN t.started_on < k.pilot_start THEN days_between(t.started_on, k.pilot_start) ELSE 0 END AS entered,
    CASE WHEN x.is_running = 1 OR add_days(t.started_on, x.days) >= k.pilot_start THEN 'true' ELSE 'false' END AS in_pilot
FROM course AS x
JOIN release_courses AS f ON f.case_key = x.case_key AND f.course_no = x.course_no AND f.position = 1
JOIN release_courses AS l ON l.case_key = x.case_key AND l.course_no = x.course_no AND l.position = x.trajectories
JOIN store.trajectories AS t ON t.trajectory_key = f.trajectory_key
JOIN request_subjects AS c ON c.case_key = x.case_key
CROSS JOIN terms AS k
