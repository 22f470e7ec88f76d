-- The trajectories of release_trajectories with their dates and organisation, and what is known of the person.
-- entered: the days that had passed when the pilot started. rejected: whether a procedure of the case was
-- rejected before the trajectory ended, or by the reference date while it runs.
WITH rejection AS (
    SELECT DISTINCT t.trajectory_key
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    JOIN store.procedures AS r ON r.case_key = t.case_key
    WHERE r.result = 'rejected' AND r.decided_on <= least(p.as_of, coalesce(t.ended_on, p.as_of))
),

guided AS (
    SELECT g.trajectory_key, sum(g.hours) AS hours
    FROM store.guidance AS g
    CROSS JOIN period AS p
    WHERE g.held_on <= p.as_of
    GROUP BY g.trajectory_key
)

SELECT
    r.person_key, t.case_key, c.course_key, r.trajectory_key AS unit_key, u.sex, u.age, u.nationality, u.region, u.special_group,
    r.scenario, r.sequence, r.days, CASE WHEN r.is_running THEN 'true' ELSE 'false' END AS running, r.outcome,
    CASE WHEN r.is_running THEN 'running' ELSE coalesce(l.level, 'none') END AS level,
    r.guidance_hours_band, r.days_to_scenario_band, r.review,
    t.started_on, CASE WHEN r.is_running THEN NULL ELSE t.ended_on END AS ended_on, coalesce(t.organisation, 'unknown') AS organisation,
    CASE WHEN t.started_on < k.pilot_start THEN days_between(t.started_on, k.pilot_start) ELSE 0 END AS entered,
    CASE WHEN r.is_running OR t.ended_on >= k.pilot_start THEN 'true' ELSE 'false' END AS in_pilot,
    CASE WHEN u.rejected = 'unknown' THEN 'unknown' WHEN x.trajectory_key IS NULL THEN 'false' ELSE 'true' END AS rejected,
    CASE WHEN d.delivered = 1 THEN coalesce(h.hours, 0) END AS hours
FROM release_trajectories AS r
JOIN store.trajectories AS t ON t.trajectory_key = r.trajectory_key
JOIN request_course_parts AS c ON c.trajectory_key = r.trajectory_key
JOIN request_subjects AS u ON u.case_key = t.case_key
CROSS JOIN terms AS k
JOIN delivered AS d ON d.name = 'guidance'
LEFT JOIN outcome_levels AS l ON l.outcome = r.outcome
LEFT JOIN rejection AS x ON x.trajectory_key = r.trajectory_key
LEFT JOIN guided AS h ON h.trajectory_key = r.trajectory_key
