-- The persons with an admitted case: those of release_persons, with the region of the nationality and the
-- location of the reference date's night.
SELECT
    r.person_key, r.person_key AS unit_key, r.sex, r.age, r.nationality, coalesce(g.region, 'unknown') AS region, r.special_group,
    r.admitted_on, r.trajectories, r.final_outcome, r.nights, coalesce(h.location, 'none') AS location,
    coalesce(b.age_band, 'unknown') AS age_band
FROM release_persons AS r
LEFT JOIN regions AS g ON g.country = r.nationality
LEFT JOIN request_housed AS h ON h.person_key = r.person_key
LEFT JOIN age_bands AS b ON r.age BETWEEN b.from_age AND b.to_age
