-- A change of scenario is often prepared in the conference before it, so that both sides count. Only moments whose time
-- is up in the period are asked whether a conference followed.
WITH matured AS (
    SELECT m.case_key, m.changed_on, m.moments, t.change_moment_days AS days
    FROM change_moments AS m
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE add_days(m.changed_on, t.change_moment_days) BETWEEN p.from_day AND p.to_day
),

followed AS (
    SELECT DISTINCT m.case_key, m.changed_on, m.moments
    FROM matured AS m
    JOIN store.conferences AS c
        ON c.case_key = m.case_key AND c.held_on BETWEEN add_days(m.changed_on, -m.days) AND add_days(m.changed_on, m.days)
)

SELECT
    'conference.change_moments' AS metric, CAST(coalesce(sum(m.moments), 0) AS BIGINT) AS value,
    NULL AS numerator, NULL AS denominator
FROM change_moments AS m
CROSS JOIN period AS p
WHERE m.changed_on BETWEEN p.from_day AND p.to_day
UNION ALL
SELECT
    'conference.change_followed', NULL,
    CAST(coalesce((SELECT sum(moments) FROM followed), 0) AS BIGINT), CAST(coalesce((SELECT sum(moments) FROM matured), 0) AS BIGINT)
