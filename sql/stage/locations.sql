-- Every location that stays or the capacity table name.
SELECT s.location
FROM store.stays AS s
CROSS JOIN period AS p
WHERE s.date_in <= p.as_of
UNION
SELECT c.location
FROM store.capacity AS c
CROSS JOIN period AS p
WHERE c.valid_from <= p.as_of
ORDER BY location
