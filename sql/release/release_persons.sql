-- table
-- The persons with an admitted case, as known on the reference date: one row a person, with what the
-- first admission says. What one case leaves open is taken from the person's next one. Nights are those
-- of the pilot.
WITH admitted AS (
    SELECT
        c.person_key, c.case_key, c.decided_on, c.birth_date, c.sex, c.nationality, c.special_group,
        row_number() OVER (PARTITION BY c.person_key ORDER BY c.decided_on, c.applied_on, c.case_key) AS sequence
    FROM store.cases AS c
    CROSS JOIN period AS p
    WHERE c.decision = 'admitted' AND c.decided_on <= p.as_of AND c.applied_on <= p.as_of
),

person AS (
    SELECT
        person_key,
        min(decided_on) AS admitted_on,
        first_by(birth_date, CASE WHEN birth_date IS NULL THEN 1 ELSE 0 END, sequence) AS birth_date,
        first_by(sex, CASE WHEN coalesce(sex, 'unknown') = 'unknown' THEN 1 ELSE 0 END, sequence) AS sex,
        first_by(nationality, CASE WHEN coalesce(nationality, 'XXX') = 'XXX' THEN 1 ELSE 0 END, sequence) AS nationality,
        first_by(special_group, CASE WHEN special_group IS NULL THEN 1 ELSE 0 END, sequence) AS special_group
    FROM admitted
    GROUP BY person_key
),

guided AS (
    SELECT person_key, max(sequence) AS trajectories,
        first_by(outcome, -sequence, 0) AS final_outcome
    FROM release_trajectories
    GROUP BY person_key
),

housed AS (
    SELECT n.person_key, sum(days_between(
        CASE WHEN n.from_day < t.pilot_start THEN t.pilot_start ELSE n.from_day END,
        least(n.until, add_days(p.as_of, 1), add_days(t.pilot_end, 1))
    )) AS nights
    FROM nights AS n
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE n.from_day <= least(p.as_of, t.pilot_end) AND n.until > t.pilot_start
    GROUP BY n.person_key
)

SELECT
    a.person_key, a.admitted_on,
    coalesce(a.sex, 'unknown') AS sex,
    extract(year FROM a.admitted_on) - extract(year FROM a.birth_date)
    - CASE
        WHEN extract(month FROM a.admitted_on) * 100 + extract(day FROM a.admitted_on)
            < extract(month FROM a.birth_date) * 100 + extract(day FROM a.birth_date) THEN 1
        ELSE 0
    END AS age,
    coalesce(a.nationality, 'XXX') AS nationality,
    coalesce(g.trajectories, 0) AS trajectories,
    coalesce(a.special_group, 'unknown') AS special_group,
    coalesce(g.final_outcome, 'no_trajectory') AS final_outcome,
    coalesce(h.nights, 0) AS nights
FROM person AS a
LEFT JOIN guided AS g ON g.person_key = a.person_key
LEFT JOIN housed AS h ON h.person_key = a.person_key
ORDER BY a.person_key
