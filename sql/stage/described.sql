-- Who is described on the reference date: the persons housed, by the case of the stay that counts that
-- night, and those admitted since the pilot's start, by the case admitted first (then the smaller birth
-- date, sex, nationality; an empty one last). Age is that on the reference date, or when admitted.
WITH admission AS (
    SELECT c.person_key, c.decided_on, c.birth_date, c.sex, c.nationality
    FROM store.cases AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.decision = 'admitted' AND c.decided_on BETWEEN t.pilot_start AND p.as_of
),

several AS (
    SELECT person_key FROM admission GROUP BY person_key HAVING count(*) > 1
),

ranked AS (
    SELECT
        a.decided_on, a.birth_date, a.sex, a.nationality,
        row_number() OVER (
            PARTITION BY a.person_key
            ORDER BY a.decided_on, a.birth_date NULLS LAST, a.sex NULLS LAST, a.nationality NULLS LAST
        ) AS rank
    FROM admission AS a
    JOIN several AS s ON s.person_key = a.person_key
),

person AS (
    SELECT 'population.housed' AS metric, p.as_of AS day, c.birth_date, c.sex, c.nationality
    FROM housed AS h
    JOIN store.cases AS c ON c.case_key = h.case_key
    CROSS JOIN period AS p
    UNION ALL
    SELECT 'population.admitted', a.decided_on, a.birth_date, a.sex, a.nationality
    FROM admission AS a
    WHERE NOT EXISTS (SELECT 1 FROM several AS s WHERE s.person_key = a.person_key)
    UNION ALL
    SELECT 'population.admitted', decided_on, birth_date, sex, nationality FROM ranked WHERE rank = 1
),

aged AS (
    SELECT metric, sex, nationality, age_on(birth_date, day) AS age, count(*) AS persons
    FROM person
    GROUP BY 1, 2, 3, 4
)

SELECT
    a.metric, coalesce(a.sex, 'unknown') AS sex, coalesce(b.age_band, 'unknown') AS age_band, coalesce(r.region, 'unknown') AS region,
    a.persons
FROM aged AS a
LEFT JOIN age_bands AS b ON a.age BETWEEN b.from_age AND b.to_age
LEFT JOIN regions AS r ON r.country = a.nationality
