-- applied: cases of the period; decided: cases decided in it, as known on the reference date.
WITH known AS (
    SELECT
        c.person_key, c.applied_on, c.decided_on,
        coalesce(c.referred_by, 'unknown') AS referred_by,
        coalesce(c.exclusion_ground, 'unknown') AS exclusion_ground,
        CASE WHEN c.decided_on <= p.as_of THEN c.decision ELSE 'pending' END AS decision,
        c.applied_on BETWEEN p.from_day AND p.to_day AS applied_in_period,
        coalesce(c.decided_on BETWEEN p.from_day AND p.to_day AND c.decision <> 'pending', FALSE) AS decided_in_period,
        coalesce(c.identity_check_on BETWEEN p.from_day AND p.to_day, FALSE) AS checked_in_period
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
)

SELECT
    'inflow.applications' AS metric, referred_by, NULL AS exclusion_ground, NULL AS stat,
    count(*) AS value, NULL AS measure, NULL AS numerator, NULL AS denominator
FROM known
WHERE applied_in_period
GROUP BY GROUPING SETS ((), (referred_by))
UNION ALL
SELECT 'inflow.admissions', NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM decided
WHERE decision = 'admitted'
UNION ALL
SELECT 'inflow.admitted_persons', NULL, NULL, NULL, count(DISTINCT person_key), NULL, NULL, NULL
FROM decided
WHERE decision = 'admitted'
UNION ALL
SELECT 'inflow.refusals', NULL, exclusion_ground, NULL, count(*), NULL, NULL, NULL
FROM decided
WHERE decision = 'refused'
GROUP BY GROUPING SETS ((), (exclusion_ground))
UNION ALL
SELECT 'inflow.exceptional_admissions', NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM decided
WHERE decision = 'admitted' AND exclusion_ground NOT IN ('none', 'unknown')
UNION ALL
SELECT 'inflow.pending_on_reference_date', NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM known
WHERE decision = 'pending'
UNION ALL
SELECT
    'inflow.days_to_decision', NULL, NULL, 'mean', NULL, NULL,
    CAST(coalesce(sum(days_between(applied_on, decided_on)), 0) AS BIGINT), count(*)
FROM decided
UNION ALL
SELECT 'inflow.days_to_decision', NULL, NULL, 'median', NULL, quantile7(days_between(applied_on, decided_on), 0.5), NULL, NULL
FROM decided
UNION ALL
SELECT 'inflow.identity_checks', NULL, NULL, NULL, count(*), NULL, NULL, NULL
FROM known
WHERE checked_in_period
