-- table
-- The persons with an admitted case, as known on the reference date: one row a person, with what the
-- first admission says. What one case leaves open is taken from the person's next one.
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
        first_by(CASE WHEN is_running THEN 'running' ELSE coalesce(outcome, 'unknown') END, -sequence, 0) AS final_outcome
    FROM release_trajectories
    GROUP BY person_key
),

housed AS (
    SELECT n.person_key, sum(days_between(n.from_day, least(n.until, add_days(p.as_of, 1)))) AS nights
    FROM nights AS n
    CROSS JOIN period AS p
    WHERE n.from_day <= p.as_of
    GROUP BY n.person_key
),

discussed AS (
    SELECT c.person_key, count(*) AS conferences
    FROM store.conferences AS f
    JOIN store.cases AS c ON c.case_key = f.case_key
    CROSS JOIN period AS p
    WHERE f.held_on <= p.as_of
    GROUP BY c.person_key
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
    CASE
        WHEN coalesce(h.nights, 0) = 0 THEN '0'
        WHEN h.nights <= 30 THEN '1-30'
        WHEN h.nights <= 90 THEN '31-90'
        WHEN h.nights <= 180 THEN '91-180'
        WHEN h.nights <= 365 THEN '181-365'
        ELSE '366+'
    END AS nights_band,
    CASE
        WHEN d.delivered = 0 THEN NULL
        WHEN coalesce(f.conferences, 0) = 0 THEN '0'
        WHEN f.conferences <= 2 THEN '1-2'
        WHEN f.conferences <= 5 THEN '3-5'
        ELSE '6+'
    END AS conferences_band
FROM person AS a
JOIN delivered AS d ON d.name = 'conferences'
LEFT JOIN guided AS g ON g.person_key = a.person_key
LEFT JOIN housed AS h ON h.person_key = a.person_key
LEFT JOIN discussed AS f ON f.person_key = a.person_key
ORDER BY a.person_key
