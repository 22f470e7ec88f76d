WITH matured AS (
    SELECT
        h.days AS horizon, coalesce(e.exit_reason, 'unknown') AS exit_reason,
        sum(e.exits) AS exits, coalesce(sum(CASE WHEN e.back_after <= h.days THEN e.exits END), 0) AS back
    FROM exits AS e
    CROSS JOIN horizons AS h
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE e.exit_on >= t.pilot_start AND add_days(e.exit_on, h.days) <= p.as_of
    GROUP BY h.days, e.exit_reason
),

solved AS (
    SELECT s.case_key, c.person_key, s.durable_on
    FROM durable_solutions AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
),

is_back AS (
    SELECT DISTINCT v.case_key
    FROM solved AS v
    JOIN store.cases AS c ON c.person_key = v.person_key
    JOIN store.stays AS s ON s.case_key = c.case_key AND s.date_in > v.durable_on
    CROSS JOIN period AS p
    WHERE s.date_in <= p.as_of
)

SELECT
    'stability.sheltered_again' AS metric, horizon, exit_reason, NULL AS value,
    CAST(sum(back) AS BIGINT) AS numerator, CAST(sum(exits) AS BIGINT) AS denominator
FROM matured
GROUP BY GROUPING SETS ((horizon), (horizon, exit_reason))
UNION ALL
SELECT 'stability.not_sheltered_again', horizon, exit_reason, CAST(sum(exits - back) AS BIGINT), NULL, NULL
FROM matured
GROUP BY horizon, exit_reason
UNION ALL
SELECT 'stability.durable_sheltered_again', NULL, NULL, count(*), NULL, NULL FROM is_back
