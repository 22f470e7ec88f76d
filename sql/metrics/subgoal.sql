WITH admitted AS (
    SELECT
        coalesce(c.special_group, 'unknown') AS special_group,
        CASE
            WHEN o.ever_durable_on <= p.as_of THEN 'durable'
            WHEN o.ever_semi_durable_on <= p.as_of THEN 'semi_durable'
            WHEN o.ever_outcome_on <= p.as_of THEN 'none'
            ELSE 'running'
        END AS level
    FROM store.cases AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    LEFT JOIN case_outcomes AS o ON o.case_key = c.case_key
    WHERE c.decision = 'admitted' AND c.decided_on BETWEEN t.pilot_start AND p.as_of
        AND c.applied_on <= p.as_of
),

forward AS (
    SELECT coalesce(c.special_group, 'unknown') AS special_group, c.solution_tested
    FROM store.cases AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.put_forward_on BETWEEN t.pilot_start AND p.as_of AND c.applied_on <= p.as_of
)

SELECT 'subgoal.not_admitted' AS metric, NULL AS special_group, NULL AS level, count(*) - (SELECT count(*) FROM admitted) AS value
FROM store.cases AS c
CROSS JOIN period AS p
WHERE c.applied_on <= p.as_of
UNION ALL
SELECT 'subgoal.admitted', special_group, NULL, count(*)
FROM admitted
GROUP BY special_group
UNION ALL
SELECT 'subgoal.level', special_group, level, count(*)
FROM admitted
GROUP BY special_group, level
UNION ALL
SELECT 'subgoal.put_forward', special_group, NULL, count(*)
FROM forward
GROUP BY special_group
UNION ALL
SELECT 'subgoal.solution_tested', special_group, NULL, count(*)
FROM forward
WHERE solution_tested
GROUP BY special_group
