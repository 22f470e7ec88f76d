SELECT 'durable.later_granted' AS metric, count(DISTINCT c.case_key) AS value
FROM case_outcomes AS c
JOIN store.procedures AS g ON g.case_key = c.case_key
CROSS JOIN period AS p
WHERE c.semi_durable_on <= p.as_of AND (c.durable_on IS NULL OR c.durable_on > p.as_of)
    AND g.result = 'granted' AND g.filed_on <= p.as_of AND g.decided_on BETWEEN c.semi_durable_on AND p.as_of
