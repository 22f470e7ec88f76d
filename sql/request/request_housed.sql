-- The persons with the night of the reference date, admitted or not, by the case of the stay that counts that night.
WITH night AS (
    SELECT n.person_key, min(l.location) AS location
    FROM nights AS n
    JOIN location_numbers AS l ON l.location_no = n.location_no
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of AND p.as_of < n.until
    GROUP BY n.person_key
)

SELECT
    h.person_key, h.person_key AS unit_key, coalesce(c.sex, 'unknown') AS sex, coalesce(b.age_band, 'unknown') AS age_band,
    coalesce(r.region, 'unknown') AS region, n.location
FROM housed AS h
JOIN night AS n ON n.person_key = h.person_key
JOIN store.cases AS c ON c.case_key = h.case_key
CROSS JOIN period AS p
LEFT JOIN age_bands AS b ON age_on(c.birth_date, p.as_of) BETWEEN b.from_age AND b.to_age
LEFT JOIN regions AS r ON r.country = c.nationality
