-- table
-- The spans of days that money is counted over: the period, the pilot to date, each of its years.
SELECT 'period' AS span, CAST(NULL AS BIGINT) AS year, from_day, to_day FROM period
UNION ALL
SELECT 'to_date', CAST(NULL AS BIGINT), t.pilot_start, p.as_of FROM terms AS t CROSS JOIN period AS p
UNION ALL
SELECT 'year', CAST(y.year AS BIGINT), y.first_day, least(y.last_day, p.as_of) FROM pilot_years AS y CROSS JOIN period AS p
