WITH due AS (
    SELECT h.person_key, h.case_key
    FROM housed AS h
    JOIN store.cases AS c ON c.case_key = h.case_key
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.decision = 'admitted' AND c.decided_on <= add_days(p.as_of, -t.review_interval_days)
),

reviewed AS (
    SELECT DISTINCT c.case_key
    FROM store.conferences AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.held_on > add_days(p.as_of, -t.review_interval_days) AND c.held_on <= p.as_of
)

SELECT 'caseload.review_due' AS metric, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM due
UNION ALL
SELECT 'caseload.review_current', NULL, count(r.case_key), count(*)
FROM due AS d
LEFT JOIN reviewed AS r ON r.case_key = d.case_key
