WITH known AS (
    SELECT
        g.kind, coalesce(g.result, 'unknown') AS result, g.filed_on,
        g.filed_on BETWEEN p.from_day AND p.to_day AS filed_in_period,
        coalesce(g.decided_on BETWEEN p.from_day AND p.to_day, FALSE) AS decided_in_period,
        g.decided_on IS NULL OR g.decided_on > p.as_of AS is_pending,
        days_between(g.filed_on, g.decided_on) AS days
    FROM store.procedures AS g
    CROSS JOIN period AS p
    WHERE g.filed_on <= p.as_of
),

decided AS (
    SELECT * FROM known WHERE decided_in_period
),

days_stat AS (
    SELECT kind, count(*) AS n, CAST(coalesce(sum(days), 0) AS BIGINT) AS days, quantile7(days, 0.5) AS median
    FROM decided
    GROUP BY GROUPING SETS ((), (kind))
)

SELECT
    'procedure.filed' AS metric, kind, NULL AS result, NULL AS stat, count(*) AS value,
    NULL AS measure, NULL AS numerator, NULL AS denominator
FROM known
WHERE filed_in_period
GROUP BY GROUPING SETS ((), (kind))
UNION ALL
SELECT 'procedure.decided', kind, result, NULL, count(*), NULL, NULL, NULL
FROM decided
GROUP BY GROUPING SETS ((), (kind), (result), (kind, result))
UNION ALL
SELECT 'procedure.pending_on_reference_date', kind, NULL, NULL, count(*), NULL, NULL, NULL
FROM known
WHERE is_pending
GROUP BY GROUPING SETS ((), (kind))
UNION ALL
SELECT 'procedure.days_to_decision', kind, NULL, 'mean', NULL, NULL, days, n FROM days_stat
UNION ALL
SELECT 'procedure.days_to_decision', kind, NULL, 'median', NULL, median, NULL, NULL FROM days_stat
