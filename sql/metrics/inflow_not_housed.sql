WITH admitted AS (
    SELECT DISTINCT c.person_key
    FROM store.cases AS c
    CROSS JOIN period AS p
    WHERE c.decision = 'admitted' AND c.decided_on <= p.as_of AND c.applied_on <= p.as_of
),

housed AS (
    SELECT DISTINCT n.person_key
    FROM nights AS n
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of
)

SELECT 'inflow.admitted_not_housed' AS metric, count(*) AS value
FROM admitted AS a
LEFT JOIN housed AS h ON h.person_key = a.person_key
WHERE h.person_key IS NULL
