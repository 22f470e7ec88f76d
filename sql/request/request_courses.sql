-- The courses of release_courses, by the trajectory that each began with, with what is known of the person.
-- scenario is that of the first trajectory, last_scenario that of the last one. entered: the days that had
-- passed when the pilot started.
WITH part AS (
    SELECT
        r.position, r.trajectory_key, r.scenario, r.is_running, r.days, r.outcome_level, t.case_key, t.started_on,
        sum(CASE WHEN r.position = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order) AS course_no
    FROM release_courses AS r
    JOIN store.trajectories AS t ON t.trajectory_key = r.trajectory_key
),

course AS (
    SELECT case_key, course_no, max(position) AS trajectories FROM part GROUP BY case_key, course_no
)

SELECT
    u.person_key, f.trajectory_key AS unit_key, u.sex, u.age, u.nationality, u.region, u.special_group, u.rejected,
    f.scenario, l.scenario AS last_scenario, x.trajectories, f.days, CASE WHEN f.is_running THEN 'true' ELSE 'false' END AS running,
    f.outcome_level AS level,
    f.started_on, CASE WHEN f.is_running THEN NULL ELSE add_days(f.started_on, f.days) END AS ended_on,
    CASE WHEN f.started_on < k.pilot_start THEN days_between(f.started_on, k.pilot_start) ELSE 0 END AS entered,
    CASE WHEN f.is_running OR add_days(f.started_on, f.days) >= k.pilot_start THEN 'true' ELSE 'false' END AS in_pilot
FROM course AS x
JOIN part AS f ON f.case_key = x.case_key AND f.course_no = x.course_no AND f.position = 1
JOIN part AS l ON l.case_key = x.case_key AND l.course_no = x.course_no AND l.position = x.trajectories
JOIN request_subjects AS u ON u.case_key = x.case_key
CROSS JOIN terms AS k
