-- applied: cases of the period; decided: cases decided in it, as known on the reference date.
WITH known AS (
    SELECT
        c.case_key, c.person_key, c.applied_on, c.decided_on, c.offer, c.identity_unknown, p.as_of,
        coalesce(c.referred_by, 'unknown') AS referred_by,
        coalesce(c.exclusion_ground, 'unknown') AS exclusion_ground,
        CASE WHEN c.decided_on <= p.as_of THEN c.decision ELSE 'pending' END AS decision,
        c.applied_on BETWEEN p.from_day AND p.to_day AS applied_in_period,
        coalesce(c.decided_on BETWEEN p.from_day AND p.to_day AND c.decision <> 'pending', FALSE) AS decided_in_period,
        coalesce(c.identity_check_on BETWEEN p.from_day AND p.to_day, FALSE) AS checked_in_period,
        coalesce(c.identity_check_on <= p.as_of, FALSE) AS checked
    FROM store.cases AS c
    CROSS JOIN period AS p
    WHERE c.applied_on <= p.as_of
        AND (
            c.applied_on >= p.from_day OR c.decided_on >= p.from_day OR c.identity_check_on >= p.from_day
            OR c.decision = 'pending' OR c.decided_on IS NULL
        )
),

decided AS (
    SELECT * FROM known WHERE decided_in_period
),

admitted AS (
    SELECT *, exclusion_ground NOT IN ('none', 'unknown') AS is_exception FROM decided WHERE decision = 'admitted'
),

waiting AS (
    SELECT days_between(applied_on, as_of) AS days FROM known WHERE decision = 'pending'
),

discussed AS (
    SELECT a.case_key, max(CASE WHEN c.held_on <= a.decided_on THEN 1 ELSE 0 END) AS is_discussed
    FROM admitted AS a
    LEFT JOIN store.conferences AS c ON c.case_key = a.case_key
    WHERE a.is_exception
    GROUP BY a.case_key
)

SELECT
    'inflow.applications' AS metric, referred_by, NULL AS exclusion_ground, NULL AS offer, NULL AS stat,
    count(*) AS value, NULL AS measure, NULL AS numerator, NULL AS denominator
FROM known
WHERE applied_in_period
GROUP BY GROUPING SETS ((), (referred_by))
UNION ALL
SELECT 'inflow.admissions', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM admitted
UNION ALL
SELECT 'inflow.admitted_persons', NULL, NULL, NULL, NULL, count(DISTINCT person_key), NULL, NULL, NULL
FROM admitted
UNION ALL
SELECT 'inflow.refusals', NULL, exclusion_ground, NULL, NULL, count(*), NULL, NULL, NULL
FROM decided
WHERE decision = 'refused'
GROUP BY GROUPING SETS ((), (exclusion_ground))
UNION ALL
SELECT 'inflow.withdrawals', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM decided
WHERE decision = 'withdrawn'
UNION ALL
SELECT 'inflow.offer', NULL, NULL, o.offer, NULL, count(*), NULL, NULL, NULL
FROM admitted AS a
JOIN offers AS o ON o.offers = coalesce(a.offer, '')
GROUP BY o.offer
UNION ALL
SELECT 'inflow.exceptional_admissions', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM admitted
WHERE is_exception
UNION ALL
SELECT 'inflow.exceptions_discussed', NULL, NULL, NULL, NULL, NULL, NULL, CAST(coalesce(sum(is_discussed), 0) AS BIGINT), count(*)
FROM discussed
UNION ALL
SELECT 'inflow.unidentified', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM admitted
WHERE identity_unknown
UNION ALL
SELECT 'inflow.unidentified_checked', NULL, NULL, NULL, NULL, NULL, NULL, count(CASE WHEN checked THEN 1 END), count(*)
FROM admitted
WHERE identity_unknown
UNION ALL
SELECT 'inflow.pending_on_reference_date', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM waiting
UNION ALL
SELECT 'inflow.pending_age', NULL, NULL, NULL, 'mean', NULL, NULL, CAST(coalesce(sum(days), 0) AS BIGINT), count(*)
FROM waiting
UNION ALL
SELECT 'inflow.pending_age', NULL, NULL, NULL, 'median', NULL, quantile7(days, 0.5), NULL, NULL
FROM waiting
UNION ALL
SELECT 'inflow.pending_age', NULL, NULL, NULL, 'max', NULL, CAST(max(days) AS DOUBLE), NULL, NULL
FROM waiting
UNION ALL
SELECT
    'inflow.days_to_decision', NULL, NULL, NULL, 'mean', NULL, NULL,
    CAST(coalesce(sum(days_between(applied_on, decided_on)), 0) AS BIGINT), count(*)
FROM decided
UNION ALL
SELECT 'inflow.days_to_decision', NULL, NULL, NULL, 'median', NULL, quantile7(days_between(applied_on, decided_on), 0.5), NULL, NULL
FROM decided
UNION ALL
SELECT 'inflow.identity_checks', NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM known
WHERE checked_in_period
