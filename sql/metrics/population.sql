SELECT metric, sex, age_band, region, CAST(sum(persons) AS BIGINT) AS value
FROM described
GROUP BY GROUPING SETS ((metric, sex), (metric, age_band), (metric, region))
