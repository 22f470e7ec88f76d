SELECT
    'escalation.within_deadline' AS metric, e.kind, NULL AS value,
    count(CASE WHEN e.advised_on <= add_days(e.submitted_on, t.review_days) THEN 1 END) AS numerator,
    count(*) AS denominator
FROM store.escalations AS e
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE add_days(e.submitted_on, t.review_days) BETWEEN p.from_day AND p.to_day
GROUP BY GROUPING SETS ((), (e.kind))
UNION ALL
SELECT 'escalation.advised', NULL, count(*), NULL, NULL
FROM store.escalations AS e
CROSS JOIN period AS p
WHERE e.advised_on BETWEEN p.from_day AND p.to_day
UNION ALL
SELECT 'escalation.adopted', NULL, count(*), NULL, NULL
FROM store.escalations AS e
CROSS JOIN period AS p
WHERE e.adopted AND e.advised_on BETWEEN p.from_day AND p.to_day
