-- The census of the period's pilot nights.
SELECT c.location, c.night, c.persons, c.not_admitted
FROM census AS c
CROSS JOIN period AS p
WHERE c.night BETWEEN p.from_day AND p.to_day
