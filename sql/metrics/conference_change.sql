-- Two moments of one case on one day are two.
WITH moment AS (
    SELECT row_number() OVER (ORDER BY m.case_key, m.changed_on) AS moment_no, m.case_key, m.changed_on
    FROM change_moments AS m
    CROSS JOIN period AS p
    WHERE m.changed_on BETWEEN p.from_day AND p.to_day
),

followed AS (
    SELECT DISTINCT m.moment_no
    FROM moment AS m
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    JOIN store.conferences AS c ON c.case_key = m.case_key
    WHERE c.held_on BETWEEN m.changed_on AND least(add_days(m.changed_on, t.change_moment_days), p.as_of)
)

SELECT 'conference.change_moments' AS metric, count(*) AS value, NULL AS numerator, NULL AS denominator
FROM moment
UNION ALL
SELECT 'conference.change_followed', NULL, (SELECT count(*) FROM followed), count(*)
FROM moment
