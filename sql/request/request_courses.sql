-- The courses of guidance with what is known of the person. scenario is that of the first trajectory, last_scenario
-- that of the last one. entered: the days that had passed when the pilot started.
WITH course AS (
    SELECT course_key, max(position) AS trajectories FROM request_course_parts GROUP BY course_key
)

SELECT
    u.person_key, f.case_key, f.course_key AS unit_key, u.sex, u.age, u.nationality, u.region, u.special_group, u.rejected,
    f.scenario, l.scenario AS last_scenario, x.trajectories, f.days, CASE WHEN f.is_running THEN 'true' ELSE 'false' END AS running,
    f.outcome_level AS level,
    f.started_on, CASE WHEN f.is_running THEN NULL ELSE add_days(f.started_on, f.days) END AS ended_on,
    CASE WHEN f.started_on < k.pilot_start THEN days_between(f.started_on, k.pilot_start) ELSE 0 END AS entered,
    CASE WHEN f.is_running OR add_days(f.started_on, f.days) >= k.pilot_start THEN 'true' ELSE 'false' END AS in_pilot
FROM course AS x
JOIN request_course_parts AS f ON f.course_key = x.course_key AND f.position = 1
JOIN request_course_parts AS l ON l.course_key = x.course_key AND l.position = x.trajectories
JOIN request_subjects AS u ON u.case_key = f.case_key
CROSS JOIN terms AS k
