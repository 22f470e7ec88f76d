-- table
-- Those who left with the best level among the outcomes of their cases, from the pilot's start up to the reference date.
SELECT
    l.person_key, coalesce(min(l.exit_reason), 'unknown') AS exit_reason,
    CASE
        WHEN bool_or(o.durable_on <= p.as_of) THEN 'durable'
        WHEN bool_or(o.semi_durable_on <= p.as_of) THEN 'semi_durable'
        ELSE 'none'
    END AS level
FROM leavers AS l
CROSS JOIN period AS p
JOIN store.cases AS c ON c.person_key = l.person_key
LEFT JOIN case_outcomes AS o ON o.case_key = c.case_key
GROUP BY l.person_key
