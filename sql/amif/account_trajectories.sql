-- The trajectories of the account with what is known of their person, one row each, a person's first
-- trajectory first; hours in ten-thousandths. Fields of the person are the same in each of a person's rows.
WITH guided AS (
    SELECT
        g.trajectory_key,
        coalesce(sum(CAST(g.hours AS DECIMAL(38, 4)) * 10000), 0) AS hours,
        count(*) AS activities,
        count(CASE WHEN g.evidence THEN 1 END) AS with_evidence,
        count(CASE WHEN g.kind = 'reintegration' THEN 1 END) AS reintegration
    FROM store.guidance AS g
    CROSS JOIN period AS p
    WHERE g.held_on <= p.as_of
    GROUP BY g.trajectory_key
)

SELECT
    a.person_key, a.sequence, coalesce(a.organisation, 'unknown') AS organisation, a.started_on, a.ended_on,
    CASE WHEN a.ended_on IS NOT NULL THEN s.outcome END AS outcome,
    a.departed_on, a.departure_evidence,
    a.returned AND a.departed_on IS NOT NULL AS returned,
    a.returned AND NOT a.departure_evidence AS no_evidence,
    a.returned AND a.departed_on IS NULL AS no_departure_date,
    CAST(coalesce(g.hours, 0) AS BIGINT) AS hours,
    coalesce(g.activities, 0) AS activities,
    coalesce(g.with_evidence, 0) AS with_evidence,
    coalesce(g.reintegration, 0) AS reintegration,
    p.sex, p.age_band, p.birth_date IS NULL AS unknown_birth_date, p.identity_unknown, p.double_participation, p.no_guidance,
    s.file_no, s.line_no
FROM amif_trajectories AS a
JOIN amif_participants AS p ON p.person_key = a.person_key
JOIN store.trajectories AS s ON s.trajectory_key = a.trajectory_key
LEFT JOIN guided AS g ON g.trajectory_key = a.trajectory_key
ORDER BY a.person_key, a.sequence
