-- table
-- The persons of the AMIF trajectories. Sex and age are those at the start of the first one.
WITH pair AS (
    SELECT
        person_key,
        started_on < max(coalesce(ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY person_key ORDER BY started_on, coalesce(ended_on, DATE '9999-12-31')
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS is_doubled
    FROM amif_trajectories
    WHERE shared
),

doubled AS (
    SELECT DISTINCT person_key FROM pair WHERE is_doubled
),

guided AS (
    SELECT DISTINCT person_key FROM amif_guidance
),

done AS (
    SELECT
        person_key,
        bool_or(identity_unknown) AS identity_unknown,
        bool_or(returned AND departed_on IS NOT NULL) AS returned,
        bool_or(returned AND departed_on IS NOT NULL AND departure_evidence) AS returned_with_evidence,
        bool_or(returned AND NOT departure_evidence) AS no_evidence,
        bool_or(returned AND departed_on IS NULL) AS no_departure_date
    FROM amif_trajectories
    GROUP BY person_key
),

aged AS (
    SELECT
        person_key, sex, birth_date, age_on(birth_date, started_on) AS age
    FROM amif_trajectories
    WHERE sequence = 1
)

SELECT
    a.person_key, a.sex,
    CASE WHEN a.age IS NULL THEN 'unknown' WHEN a.age < 18 THEN '<18' WHEN a.age <= 60 THEN '18-60' ELSE '>60' END AS age_band,
    a.birth_date, o.identity_unknown, o.returned, o.returned_with_evidence, o.no_evidence, o.no_departure_date,
    d.person_key IS NOT NULL AS double_participation,
    g.person_key IS NULL AS no_guidance
FROM aged AS a
JOIN done AS o ON o.person_key = a.person_key
LEFT JOIN doubled AS d ON d.person_key = a.person_key
LEFT JOIN guided AS g ON g.person_key = a.person_key
