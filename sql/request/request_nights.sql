-- The pilot nights of persons with an admitted case up to the reference date, in runs at one location and in
-- one quarter, with what is known of the person.
SELECT
    r.person_key, r.person_key AS unit_key, r.sex, r.age, r.nationality, r.region, r.special_group, r.admitted_on,
    l.location, q.quarter,
    days_between(greatest(n.from_day, q.from_day), least(n.until, add_days(least(q.to_day, t.pilot_end), 1))) AS nights
FROM nights AS n
JOIN request_persons AS r ON r.person_key = n.person_key
JOIN location_numbers AS l ON l.location_no = n.location_no
CROSS JOIN terms AS t
JOIN quarters AS q ON q.from_day < n.until AND q.to_day >= n.from_day AND q.from_day <= t.pilot_end
