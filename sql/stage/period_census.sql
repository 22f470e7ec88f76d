-- The census of the period's pilot nights.
SELECT l.location, c.night, c.persons, c.not_admitted
FROM census AS c
JOIN location_numbers AS l ON l.location_no = c.location_no
CROSS JOIN period AS p
WHERE c.night BETWEEN p.from_day AND p.to_day
