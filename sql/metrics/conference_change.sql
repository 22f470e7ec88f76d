WITH held AS (
    SELECT DISTINCT c.case_key, c.held_on
    FROM store.conferences AS c
    CROSS JOIN period AS p
    WHERE c.held_on BETWEEN p.from_day AND p.as_of
),

followed AS (
    SELECT DISTINCT m.case_key, m.changed_on, m.moments
    FROM change_moments AS m
    CROSS JOIN terms AS t
    JOIN held AS h ON h.case_key = m.case_key
    WHERE h.held_on BETWEEN m.changed_on AND add_days(m.changed_on, t.change_moment_days)
),

total AS (
    SELECT
        CAST(coalesce((SELECT sum(moments) FROM change_moments), 0) AS BIGINT) AS moments,
        CAST(coalesce((SELECT sum(moments) FROM followed), 0) AS BIGINT) AS followed
)

SELECT 'conference.change_moments' AS metric, moments AS value, NULL AS numerator, NULL AS denominator
FROM total
UNION ALL
SELECT 'conference.change_followed', NULL, followed, moments
FROM total
