-- Whole quarters, as the figures of a quarter are, also where the pilot began within it.
WITH event AS (
    SELECT c.applied_on AS day, 1 AS applications, 0 AS admissions, 0 AS refusals, 0 AS ended, 0 AS durable, 0 AS exits
    FROM store.cases AS c
    UNION ALL
    SELECT c.decided_on, 0, CASE WHEN c.decision = 'admitted' THEN 1 ELSE 0 END, CASE WHEN c.decision = 'refused' THEN 1 ELSE 0 END, 0, 0, 0
    FROM store.cases AS c
    CROSS JOIN period AS p
    WHERE c.decision IN ('admitted', 'refused') AND c.applied_on <= p.as_of
    UNION ALL
    SELECT ended_on, 0, 0, 0, 1, 0, 0 FROM store.trajectories
    UNION ALL
    SELECT durable_on, 0, 0, 0, 0, 1, 0 FROM case_outcomes
    UNION ALL
    SELECT exit_on, 0, 0, 0, 0, 0, exits FROM exits
),

by_day AS (
    SELECT
        day, sum(applications) AS applications, sum(admissions) AS admissions, sum(refusals) AS refusals,
        sum(ended) AS ended, sum(durable) AS durable, sum(exits) AS exits
    FROM event
    WHERE day IS NOT NULL
    GROUP BY day
)

SELECT
    q.quarter,
    CAST(coalesce(sum(e.applications), 0) AS BIGINT) AS applications,
    CAST(coalesce(sum(e.admissions), 0) AS BIGINT) AS admissions,
    CAST(coalesce(sum(e.refusals), 0) AS BIGINT) AS refusals,
    CAST(coalesce(sum(e.ended), 0) AS BIGINT) AS trajectories_ended,
    CAST(coalesce(sum(e.durable), 0) AS BIGINT) AS durable_cases,
    CAST(coalesce(sum(e.exits), 0) AS BIGINT) AS shelter_exits
FROM quarters AS q
LEFT JOIN by_day AS e ON e.day BETWEEN first_of_quarter(q.from_day) AND q.to_day
GROUP BY q.quarter
ORDER BY q.quarter
