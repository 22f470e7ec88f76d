-- The run of pilot nights that holds the reference date, over all locations. A person has one at most.
SELECT 'duration.long_stay' AS metric, count(*) AS value
FROM spells AS s
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE p.as_of BETWEEN t.pilot_start AND t.pilot_end AND s.from_day <= p.as_of AND s.until > p.as_of
    AND days_between(greatest(s.from_day, t.pilot_start), p.as_of) + 1 > t.long_stay_days
