-- The cases applied for by the reference date, as known then. level is the best one among the outcomes so
-- far; days are those from application to decision. The last three are for what the report tells alone.
SELECT
    u.person_key, u.case_key AS unit_key, u.sex, u.age, u.nationality, u.region, u.special_group, u.rejected,
    coalesce(c.referred_by, 'unknown') AS referred_by, c.applied_on,
    CASE WHEN c.decided_on <= p.as_of THEN c.decision ELSE 'pending' END AS decision,
    CASE WHEN c.decided_on <= p.as_of THEN c.decided_on END AS decided_on,
    CASE WHEN c.decided_on <= p.as_of THEN days_between(c.applied_on, c.decided_on) END AS days,
    coalesce(c.exclusion_ground, 'unknown') AS exclusion_ground,
    CASE
        WHEN o.ever_durable_on <= p.as_of THEN 'durable'
        WHEN o.ever_semi_durable_on <= p.as_of THEN 'semi_durable'
        WHEN o.ever_outcome_on <= p.as_of THEN 'none'
        ELSE 'running'
    END AS level,
    s.durable_on, coalesce(s.outcome, 'none') AS durable_outcome, coalesce(r.scenario, 'none') AS running_scenario
FROM store.cases AS c
JOIN request_subjects AS u ON u.case_key = c.case_key
CROSS JOIN period AS p
LEFT JOIN case_outcomes AS o ON o.case_key = c.case_key
LEFT JOIN durable_solutions AS s ON s.case_key = c.case_key
LEFT JOIN running AS r ON r.case_key = c.case_key
WHERE c.applied_on <= p.as_of
