WITH party AS (
    SELECT 'municipality' AS party
    UNION ALL
    SELECT 'ministry'
    UNION ALL
    SELECT 'dtv'
    UNION ALL
    SELECT 'ind'
    UNION ALL
    SELECT 'police'
)

SELECT
    'governance.attendance' AS metric, a.party,
    count(CASE WHEN '+' || m.attended || '+' LIKE '%+' || a.party || '+%' THEN 1 END) AS numerator, count(*) AS denominator
FROM store.meetings AS m
CROSS JOIN period AS p
CROSS JOIN party AS a
WHERE m.kind = 'steering_group' AND m.attended IS NOT NULL AND m.held_on BETWEEN p.from_day AND p.to_day
GROUP BY a.party
