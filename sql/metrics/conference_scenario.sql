WITH admitted AS (
    SELECT c.case_key, c.decided_on, add_days(c.decided_on, t.scenario_days) AS due_on
    FROM store.cases AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.decision = 'admitted' AND add_days(c.decided_on, t.scenario_days) BETWEEN p.from_day AND p.to_day
        AND c.applied_on <= p.as_of
),

scenario AS (
    SELECT a.case_key, a.decided_on, min(c.held_on) AS held_on
    FROM admitted AS a
    LEFT JOIN store.conferences AS c
        ON c.case_key = a.case_key AND c.moment = 'scenario' AND c.held_on <= a.due_on
    GROUP BY a.case_key, a.decided_on
)

SELECT
    'conference.scenario_set' AS metric, NULL AS stat, NULL AS measure,
    count(held_on) AS numerator, count(*) AS denominator
FROM scenario
UNION ALL
SELECT
    'conference.days_to_scenario', 'mean', NULL,
    CAST(coalesce(sum(days_between(decided_on, held_on)), 0) AS BIGINT), count(held_on)
FROM scenario
UNION ALL
SELECT 'conference.days_to_scenario', 'median', quantile7(days_between(decided_on, held_on), 0.5), NULL, NULL
FROM scenario
