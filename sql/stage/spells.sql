-- The runs of nights of each person without a night between them, from from_day until the day of leaving. In the order
-- of sheltered a stay begins a run, ends one, or both; of those that do one alone, a beginning is followed by its end.
WITH stay AS (
    SELECT
        person_key, from_day, greatest(until, coalesce(occupied_until, until)) AS occupied_until, next_day,
        occupied_until IS NULL OR occupied_until < from_day AS begins
    FROM sheltered
),

edge AS (
    SELECT person_key, from_day, occupied_until, begins, next_day IS NULL OR next_day > occupied_until AS ends
    FROM stay
),

paired AS (
    SELECT begins, from_day, lead(occupied_until) OVER (PARTITION BY person_key ORDER BY from_day, begins DESC) AS until
    FROM edge
    WHERE begins <> ends
)

SELECT from_day, occupied_until AS until FROM edge WHERE begins AND ends
UNION ALL
SELECT from_day, until FROM paired WHERE begins
