SELECT
    'escalation.within_deadline' AS metric, e.kind,
    count(CASE WHEN e.advised_on <= add_days(e.submitted_on, t.review_days) THEN 1 END) AS numerator,
    count(*) AS denominator
FROM store.escalations AS e
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE add_days(e.submitted_on, t.review_days) BETWEEN p.from_day AND p.to_day
GROUP BY GROUPING SETS ((), (e.kind))
