WITH trajectory AS (
    SELECT trajectory_key, coalesce(organisation, 'unknown') AS organisation FROM amif_trajectories
)

SELECT
    'amif.trajectories' AS metric, organisation, count(*) AS value,
    NULL AS measure, NULL AS numerator, NULL AS denominator
FROM trajectory
GROUP BY GROUPING SETS ((), (organisation))
UNION ALL
SELECT 'amif.guidance_hours', t.organisation, NULL, CAST(coalesce(sum(g.hours), 0) AS DOUBLE), NULL, NULL
FROM trajectory AS t
LEFT JOIN amif_guidance AS g ON g.trajectory_key = t.trajectory_key
GROUP BY GROUPING SETS ((), (t.organisation))
UNION ALL
SELECT
    'amif.guidance_with_evidence', NULL, NULL, NULL,
    CAST(coalesce(sum(with_evidence), 0) AS BIGINT), CAST(coalesce(sum(activities), 0) AS BIGINT)
FROM amif_guidance
