-- Survival and cumulative incidence come from the durations, see package transform.
WITH ended AS (
    SELECT t.scenario, days_between(t.started_on, t.ended_on) AS days
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    WHERE t.ended_on BETWEEN p.from_day AND p.to_day
),

ended_stat AS (
    SELECT
        scenario, count(*) AS n, CAST(sum(days) AS BIGINT) AS days,
        quantile7(days, 0.25) AS p25, quantile7(days, 0.5) AS median, quantile7(days, 0.75) AS p75
    FROM ended
    GROUP BY GROUPING SETS ((), (scenario))
),

running AS (
    SELECT t.scenario, days_between(t.started_on, p.as_of) AS days
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of AND (t.ended_on IS NULL OR t.ended_on > p.as_of)
),

running_stat AS (
    SELECT count(*) AS n, CAST(sum(days) AS BIGINT) AS days, quantile7(days, 0.5) AS median FROM running
)

SELECT
    'duration.ended' AS metric, scenario, 'n' AS stat, n AS value,
    NULL AS measure, NULL AS numerator, NULL AS denominator
FROM ended_stat
UNION ALL
SELECT 'duration.ended', scenario, 'mean', NULL, NULL, coalesce(days, 0), n FROM ended_stat
UNION ALL
SELECT 'duration.ended', scenario, 'median', NULL, median, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'duration.ended', scenario, 'p25', NULL, p25, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'duration.ended', scenario, 'p75', NULL, p75, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'duration.running', NULL, 'n', n, NULL, NULL, NULL FROM running_stat
UNION ALL
SELECT 'duration.running', NULL, 'mean', NULL, NULL, coalesce(days, 0), n FROM running_stat
UNION ALL
SELECT 'duration.running', NULL, 'median', NULL, median, NULL, NULL FROM running_stat
UNION ALL
SELECT 'trajectories.running', scenario, NULL, count(*), NULL, NULL, NULL
FROM running
GROUP BY scenario
UNION ALL
SELECT 'trajectories.known', NULL, NULL, count(*), NULL, NULL, NULL
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.started_on <= p.as_of
UNION ALL
SELECT 'trajectories.started', t.scenario, NULL, count(*), NULL, NULL, NULL
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.started_on BETWEEN p.from_day AND p.to_day
GROUP BY GROUPING SETS ((), (t.scenario))
