-- Every region that the nationalities of the cases known on the reference date name.
SELECT DISTINCT coalesce(r.region, 'unknown') AS region
FROM store.cases AS c
CROSS JOIN period AS p
LEFT JOIN regions AS r ON r.country = c.nationality
WHERE c.applied_on <= p.as_of
