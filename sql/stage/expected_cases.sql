-- How many durable solutions an even pace lets one expect at the ends of the months and on the
-- reference date. The pieces of the line come from the pilot's terms: it runs straight from the day
-- before the pilot to its end, an extension bends it where it was decided, and it is flat after the end.
WITH wanted AS (
    SELECT day FROM month_ends
    UNION
    SELECT as_of FROM period
)

SELECT
    w.day,
    l.from_cases + (l.to_cases - l.from_cases) * days_between(l.from_day, w.day) / days_between(l.from_day, l.to_day) AS cases
FROM wanted AS w
JOIN target_line AS l ON w.day > l.from_day AND w.day <= l.to_day
