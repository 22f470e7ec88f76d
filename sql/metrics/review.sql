WITH known AS (
    SELECT
        r.submitted_on, r.put_to_state_secretary, r.adopted,
        CASE WHEN r.advised_on <= p.as_of THEN r.advised_on END AS advised_on,
        add_days(r.submitted_on, t.review_days) AS due_on,
        p.from_day, p.to_day, p.as_of
    FROM store.reviews AS r
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE r.submitted_on <= p.as_of
)

SELECT 'review.submitted' AS metric, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM known
WHERE submitted_on BETWEEN from_day AND to_day
UNION ALL
SELECT 'review.advised', count(*), NULL, NULL
FROM known
WHERE advised_on BETWEEN from_day AND to_day
UNION ALL
SELECT 'review.within_deadline', NULL, count(CASE WHEN advised_on <= due_on THEN 1 END), count(*)
FROM known
WHERE due_on BETWEEN from_day AND to_day
UNION ALL
SELECT 'review.overdue_on_reference_date', count(*), NULL, NULL
FROM known
WHERE advised_on IS NULL AND due_on < as_of
UNION ALL
SELECT 'review.put_to_state_secretary', count(*), NULL, NULL
FROM known
WHERE put_to_state_secretary AND advised_on BETWEEN from_day AND to_day
UNION ALL
SELECT 'review.adopted', count(*), NULL, NULL
FROM known
WHERE adopted AND advised_on BETWEEN from_day AND to_day
