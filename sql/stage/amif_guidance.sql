-- table
-- The guidance activities on each AMIF trajectory up to the reference date.
SELECT
    a.trajectory_key, a.person_key,
    sum(g.hours) AS hours, count(*) AS activities, count(CASE WHEN g.evidence THEN 1 END) AS with_evidence
FROM store.guidance AS g
JOIN amif_trajectories AS a ON a.trajectory_key = g.trajectory_key
CROSS JOIN period AS p
WHERE g.held_on <= p.as_of
GROUP BY a.trajectory_key, a.person_key
