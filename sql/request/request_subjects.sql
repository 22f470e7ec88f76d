-- What a request may ask of the person behind a case, for every case of the register.
WITH rejection AS (
    SELECT DISTINCT r.case_key
    FROM store.procedures AS r
    CROSS JOIN period AS p
    WHERE r.result = 'rejected' AND r.decided_on <= p.as_of
)

SELECT
    c.case_key, c.person_key, coalesce(c.sex, 'unknown') AS sex, age_on(c.birth_date, c.applied_on) AS age,
    coalesce(c.nationality, 'XXX') AS nationality, coalesce(g.region, 'unknown') AS region, coalesce(c.special_group, 'unknown') AS special_group,
    CASE WHEN d.delivered = 0 THEN 'unknown' WHEN r.case_key IS NULL THEN 'false' ELSE 'true' END AS rejected
FROM store.cases AS c
JOIN delivered AS d ON d.name = 'procedures'
LEFT JOIN rejection AS r ON r.case_key = c.case_key
LEFT JOIN regions AS g ON g.country = c.nationality
