WITH held AS (
    SELECT
        c.moment, c.conference_decision, c.consensus,
        coalesce(c.end_ground, 'unknown') AS end_ground
    FROM store.conferences AS c
    CROSS JOIN period AS p
    WHERE c.held_on BETWEEN p.from_day AND p.to_day
)

SELECT
    'conference.held' AS metric, moment, NULL AS conference_decision, NULL AS end_ground, count(*) AS value,
    NULL AS numerator, NULL AS denominator
FROM held
GROUP BY GROUPING SETS ((), (moment))
UNION ALL
SELECT 'conference.decided', NULL, coalesce(conference_decision, 'unknown'), NULL, count(*), NULL, NULL
FROM held
GROUP BY coalesce(conference_decision, 'unknown')
UNION ALL
SELECT 'conference.consensus', NULL, NULL, NULL, NULL, count(CASE WHEN consensus THEN 1 END), count(consensus)
FROM held
UNION ALL
SELECT 'conference.end_grounds', NULL, NULL, end_ground, count(*), NULL, NULL
FROM held
WHERE conference_decision = 'end'
GROUP BY end_ground
UNION ALL
SELECT 'conference.end_grounds_to_date', NULL, NULL, coalesce(c.end_ground, 'unknown'), count(*), NULL, NULL
FROM store.conferences AS c
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE c.conference_decision = 'end' AND c.held_on BETWEEN t.pilot_start AND p.as_of
GROUP BY coalesce(c.end_ground, 'unknown')
UNION ALL
SELECT 'conference.known', NULL, NULL, NULL, count(*), NULL, NULL
FROM store.conferences AS c
CROSS JOIN period AS p
WHERE c.held_on <= p.as_of
UNION ALL
SELECT 'review.escalated', NULL, NULL, NULL, count(*), NULL, NULL
FROM held
WHERE conference_decision = 'escalate'
