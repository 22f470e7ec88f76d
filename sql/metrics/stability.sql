WITH matured AS (
    SELECT h.days AS horizon, coalesce(e.exit_reason, 'unknown') AS exit_reason, e.exits, e.back_after <= h.days AS is_back
    FROM exits AS e
    CROSS JOIN horizons AS h
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE e.exit_on >= t.pilot_start AND add_days(e.exit_on, h.days) <= p.as_of
),

solved AS (
    SELECT s.case_key, c.person_key, s.durable_on
    FROM durable_solutions AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
),

last_stay AS (
    SELECT c.person_key, max(s.date_in) AS date_in
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    CROSS JOIN period AS p
    WHERE s.date_in <= p.as_of
    GROUP BY c.person_key
)

SELECT
    'stability.sheltered_again' AS metric, horizon, exit_reason, NULL AS value,
    CAST(coalesce(sum(CASE WHEN is_back THEN exits END), 0) AS BIGINT) AS numerator, CAST(sum(exits) AS BIGINT) AS denominator
FROM matured
GROUP BY GROUPING SETS ((horizon), (horizon, exit_reason))
UNION ALL
SELECT 'stability.durable_sheltered_again', NULL, NULL, count(*), NULL, NULL
FROM solved AS v
JOIN last_stay AS l ON l.person_key = v.person_key
WHERE l.date_in > v.durable_on
