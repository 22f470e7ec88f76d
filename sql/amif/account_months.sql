-- Guidance by person, month and NGO, hours in ten-thousandths. The account adds it up over the persons that it claims.
SELECT
    a.person_key,
    CAST(extract(year FROM g.held_on) AS INTEGER) AS year,
    CAST(extract(month FROM g.held_on) AS INTEGER) AS month,
    coalesce(a.organisation, 'unknown') AS organisation,
    count(*) AS activities,
    count(CASE WHEN g.evidence THEN 1 END) AS with_evidence,
    CAST(coalesce(sum(CAST(g.hours AS DECIMAL(38, 4)) * 10000), 0) AS BIGINT) AS hours
FROM store.guidance AS g
JOIN amif_trajectories AS a ON a.trajectory_key = g.trajectory_key
CROSS JOIN period AS p
WHERE g.held_on <= p.as_of
GROUP BY a.person_key, extract(year FROM g.held_on), extract(month FROM g.held_on), coalesce(a.organisation, 'unknown')
ORDER BY 1, 2, 3, 4
