-- Who is described on the reference date: the persons housed, by the case of the stay that counts that
-- night, and those admitted since the pilot's start, by the case admitted first (then the smaller birth
-- date, sex, nationality; an empty one last). Age is that on the reference date, or when admitted.
WITH admission AS (
    SELECT
        c.decided_on, c.birth_date, c.sex, c.nationality,
        row_number() OVER (
            PARTITION BY c.person_key
            ORDER BY c.decided_on, c.birth_date NULLS LAST, c.sex NULLS LAST, c.nationality NULLS LAST
        ) AS rank
    FROM store.cases AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.decision = 'admitted' AND c.decided_on BETWEEN t.pilot_start AND p.as_of
),

person AS (
    SELECT 'population.housed' AS metric, p.as_of AS day, c.birth_date, c.sex, c.nationality
    FROM housed AS h
    JOIN store.cases AS c ON c.case_key = h.case_key
    CROSS JOIN period AS p
    UNION ALL
    SELECT 'population.admitted', decided_on, birth_date, sex, nationality FROM admission WHERE rank = 1
)

SELECT
    p.metric, coalesce(p.sex, 'unknown') AS sex, coalesce(b.age_band, 'unknown') AS age_band, coalesce(r.region, 'unknown') AS region,
    count(*) AS persons
FROM person AS p
LEFT JOIN age_bands AS b ON age_on(p.birth_date, p.day) BETWEEN b.from_age AND b.to_age
LEFT JOIN regions AS r ON r.country = p.nationality
GROUP BY 1, 2, 3, 4
