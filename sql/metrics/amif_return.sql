SELECT 'amif.return_trajectories' AS metric, project, count(*) AS value
FROM return_trajectories
GROUP BY GROUPING SETS ((), (project))
