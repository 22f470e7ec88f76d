-- Survival and cumulative incidence come from course_durations, see package transform.
WITH ended AS (
    SELECT days_between(c.began_on, c.ended_on) AS days
    FROM courses AS c
    CROSS JOIN period AS p
    WHERE c.ended_on BETWEEN p.from_day AND p.to_day
),

ended_stat AS (
    SELECT
        count(*) AS n, CAST(coalesce(sum(days), 0) AS BIGINT) AS days,
        quantile7(days, 0.25) AS p25, quantile7(days, 0.5) AS median, quantile7(days, 0.75) AS p75
    FROM ended
),

running AS (
    SELECT days_between(c.began_on, p.as_of) AS days
    FROM courses AS c
    CROSS JOIN period AS p
    WHERE c.ended_on IS NULL
),

running_stat AS (
    SELECT count(*) AS n, CAST(coalesce(sum(days), 0) AS BIGINT) AS days, quantile7(days, 0.5) AS median FROM running
)

SELECT 'course.ended' AS metric, 'n' AS stat, n AS value, NULL AS measure, NULL AS numerator, NULL AS denominator
FROM ended_stat
UNION ALL
SELECT 'course.ended', 'mean', NULL, NULL, days, n FROM ended_stat
UNION ALL
SELECT 'course.ended', 'median', NULL, median, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'course.ended', 'p25', NULL, p25, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'course.ended', 'p75', NULL, p75, NULL, NULL FROM ended_stat
UNION ALL
SELECT 'course.running', 'n', n, NULL, NULL, NULL FROM running_stat
UNION ALL
SELECT 'course.running', 'mean', NULL, NULL, days, n FROM running_stat
UNION ALL
SELECT 'course.running', 'median', NULL, median, NULL, NULL FROM running_stat
