-- The persons with an admitted case: those of release_persons, with the region of the nationality and the
-- location of the reference date's night.
WITH night AS (
    SELECT n.person_key, min(l.location) AS location
    FROM nights AS n
    JOIN location_numbers AS l ON l.location_no = n.location_no
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE n.from_day <= p.as_of AND p.as_of < n.until AND p.as_of BETWEEN t.pilot_start AND t.pilot_end
    GROUP BY n.person_key
)

SELECT
    r.person_key, r.person_key AS unit_key, r.sex, r.age, r.nationality, coalesce(g.region, 'unknown') AS region, r.special_group,
    r.admitted_on, r.trajectories, r.final_outcome, r.nights, coalesce(n.location, 'none') AS location
FROM release_persons AS r
LEFT JOIN regions AS g ON g.country = r.nationality
LEFT JOIN night AS n ON n.person_key = r.person_key
