-- Two moments of one case on one day are two.
WITH followed AS (
    SELECT DISTINCT m.moment_no
    FROM change_moments AS m
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    JOIN store.conferences AS c ON c.case_key = m.case_key
    WHERE c.held_on BETWEEN m.changed_on AND least(add_days(m.changed_on, t.change_moment_days), p.as_of)
)

SELECT 'conference.change_moments' AS metric, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM change_moments
UNION ALL
SELECT 'conference.change_followed', NULL, (SELECT count(*) FROM followed), count(*)
FROM change_moments
