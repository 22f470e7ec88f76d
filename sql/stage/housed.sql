-- table
-- The persons with the night of the reference date, a pilot night, and the case of the stay that counts
-- that night.
SELECT n.person_key, s.case_key
FROM nights AS n
CROSS JOIN period AS p
CROSS JOIN terms AS t
JOIN store.stays AS s ON s.file_no = n.file_no AND s.line_no = n.line_no
WHERE n.from_day <= p.as_of AND p.as_of < n.until AND p.as_of BETWEEN t.pilot_start AND t.pilot_end
