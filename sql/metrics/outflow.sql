WITH ended AS (
    SELECT t.scenario, t.outcome, coalesce(l.level, 'none') AS level
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    LEFT JOIN outcome_levels AS l ON l.outcome = t.outcome
    WHERE t.outcome IS NOT NULL AND t.ended_on BETWEEN p.from_day AND p.to_day
),

exit AS (
    SELECT coalesce(e.exit_reason, 'unknown') AS exit_reason, e.exits
    FROM exits AS e
    CROSS JOIN period AS p
    WHERE e.exit_on BETWEEN p.from_day AND p.to_day
),

best AS (
    SELECT
        CASE WHEN c.durable_on <= p.as_of THEN 'durable' WHEN c.semi_durable_on <= p.as_of THEN 'semi_durable' ELSE 'none' END AS level
    FROM case_outcomes AS c
    CROSS JOIN period AS p
    WHERE c.outcome_on <= p.as_of
)

SELECT
    'outflow.shelter_exits' AS metric, exit_reason, NULL AS scenario, NULL AS outcome, NULL AS level,
    CAST(coalesce(sum(exits), 0) AS BIGINT) AS value
FROM exit
GROUP BY GROUPING SETS ((), (exit_reason))
UNION ALL
SELECT 'outflow.trajectories', NULL, NULL, outcome, NULL, count(*)
FROM ended
GROUP BY GROUPING SETS ((), (outcome))
UNION ALL
SELECT 'outflow.level', NULL, NULL, NULL, level, count(*)
FROM ended
GROUP BY level
UNION ALL
SELECT 'outflow.scenario_outcome', NULL, scenario, outcome, NULL, count(*)
FROM ended
GROUP BY scenario, outcome
UNION ALL
SELECT 'durable.cases_level', NULL, NULL, NULL, level, count(*)
FROM best
GROUP BY level
