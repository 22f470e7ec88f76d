SELECT 'durable.target' AS metric, target_cases AS value, NULL AS numerator, NULL AS denominator
FROM terms
UNION ALL
SELECT 'durable.expected', NULL, target_cases * elapsed_days, pilot_days
FROM pace
