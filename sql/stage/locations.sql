-- Every location that stays or the capacity table name.
SELECT n.location
FROM location_numbers AS n
CROSS JOIN period AS p
WHERE n.first_day <= p.as_of
UNION
SELECT c.location
FROM store.capacity AS c
CROSS JOIN period AS p
WHERE c.valid_from <= p.as_of
ORDER BY location
