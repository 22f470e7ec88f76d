WITH guided AS (
    SELECT r.scenario
    FROM running AS r
    JOIN store.cases AS c ON c.case_key = r.case_key
    CROSS JOIN period AS p
    WHERE c.decision = 'admitted' AND c.decided_on <= p.as_of AND c.applied_on <= p.as_of
),

guided_persons AS (
    SELECT DISTINCT c.person_key
    FROM running AS r
    JOIN store.cases AS c ON c.case_key = r.case_key
)

SELECT 'caseload.cases' AS metric, scenario, count(*) AS value
FROM guided
GROUP BY GROUPING SETS ((), (scenario))
UNION ALL
SELECT 'caseload.housed_without_trajectory', NULL, count(*)
FROM housed AS h
WHERE NOT EXISTS (SELECT 1 FROM guided_persons AS g WHERE g.person_key = h.person_key)
