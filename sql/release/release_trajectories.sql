-- table
-- The trajectories that had started by the reference date, as known then, numbered within the person.
WITH known AS (
    SELECT
        t.trajectory_key, t.trajectory_order, t.case_key, c.person_key, t.scenario, t.started_on,
        CASE WHEN c.decision = 'admitted' AND c.decided_on <= p.as_of THEN c.decided_on END AS admitted_on,
        t.ended_on IS NULL OR t.ended_on > p.as_of AS is_running,
        CASE WHEN t.ended_on <= p.as_of THEN t.outcome END AS outcome,
        days_between(t.started_on, CASE WHEN t.ended_on <= p.as_of THEN t.ended_on ELSE p.as_of END) AS days
    FROM store.trajectories AS t
    JOIN store.cases AS c ON c.case_key = t.case_key
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of
),

guided AS (
    SELECT g.trajectory_key, sum(g.hours) AS hours
    FROM store.guidance AS g
    CROSS JOIN period AS p
    WHERE g.held_on <= p.as_of
    GROUP BY g.trajectory_key
),

discussed AS (
    SELECT f.case_key, min(f.held_on) AS scenario_on
    FROM store.conferences AS f
    CROSS JOIN period AS p
    WHERE f.moment = 'scenario' AND f.held_on <= p.as_of
    GROUP BY f.case_key
),

reviewed AS (
    SELECT DISTINCT r.case_key
    FROM store.reviews AS r
    CROSS JOIN period AS p
    WHERE r.submitted_on <= p.as_of
)

SELECT
    k.person_key, k.trajectory_key,
    row_number() OVER (PARTITION BY k.person_key ORDER BY k.started_on, k.trajectory_order) AS sequence,
    k.scenario, k.days, k.is_running,
    CASE WHEN k.is_running THEN 'running' ELSE coalesce(k.outcome, 'unknown') END AS outcome,
    CASE
        WHEN dg.delivered = 0 THEN 'unknown'
        WHEN coalesce(g.hours, 0) = 0 THEN '0'
        WHEN g.hours <= 5 THEN '0-5'
        WHEN g.hours <= 10 THEN '5-10'
        WHEN g.hours <= 20 THEN '10-20'
        WHEN g.hours <= 40 THEN '20-40'
        ELSE '40+'
    END AS guidance_hours_band,
    CASE
        WHEN df.delivered = 0 THEN 'unknown'
        WHEN f.scenario_on IS NULL OR k.admitted_on IS NULL THEN 'none'
        WHEN days_between(k.admitted_on, f.scenario_on) < 0 THEN '<0'
        WHEN days_between(k.admitted_on, f.scenario_on) <= 13 THEN '0-13'
        WHEN days_between(k.admitted_on, f.scenario_on) <= 27 THEN '14-27'
        WHEN days_between(k.admitted_on, f.scenario_on) <= 55 THEN '28-55'
        ELSE '56+'
    END AS days_to_scenario_band,
    CASE WHEN dr.delivered = 0 THEN 'unknown' WHEN r.case_key IS NULL THEN 'false' ELSE 'true' END AS review
FROM known AS k
JOIN delivered AS dg ON dg.name = 'guidance'
JOIN delivered AS dr ON dr.name = 'reviews'
JOIN delivered AS df ON df.name = 'conferences'
LEFT JOIN guided AS g ON g.trajectory_key = k.trajectory_key
LEFT JOIN discussed AS f ON f.case_key = k.case_key
LEFT JOIN reviewed AS r ON r.case_key = k.case_key
ORDER BY k.person_key, sequence
