SELECT 'governance.meetings' AS metric, m.kind, y.year, count(*) AS value
FROM store.meetings AS m
CROSS JOIN period AS p
JOIN pilot_years AS y ON m.held_on BETWEEN y.first_day AND y.last_day
WHERE m.held_on <= p.as_of
GROUP BY m.kind, y.year
UNION ALL
SELECT
    'governance.meetings_required', NULL, y.year,
    CAST(ceiling_divide(
        t.meetings_per_year
        * (days_between(greatest(y.first_day, t.pilot_start), least(y.last_day, t.pilot_end, p.as_of)) + 1),
        days_between(y.first_day, y.last_day) + 1
    ) AS BIGINT)
FROM pilot_years AS y
CROSS JOIN period AS p
CROSS JOIN terms AS t
