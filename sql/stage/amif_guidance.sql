-- The guidance activities on AMIF trajectories up to the reference date.
SELECT a.trajectory_id, a.person_key, a.organisation, g.hours, coalesce(g.evidence, FALSE) AS evidence
FROM store.guidance AS g
JOIN amif_trajectories AS a ON a.trajectory_id = g.trajectory_id
CROSS JOIN period AS p
WHERE g.held_on <= p.as_of
