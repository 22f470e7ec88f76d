-- table
-- The return trajectories that ran on at least one day from the pilot's start to the reference date, as known then, with
-- their person; project says whether they are marked for the AMIF project.
SELECT
    t.trajectory_key, t.trajectory_order, t.case_key, c.person_key, t.organisation, t.started_on,
    CASE WHEN t.amif IS NULL THEN 'unknown' WHEN t.amif THEN 'yes' ELSE 'no' END AS project,
    CASE WHEN t.ended_on <= p.as_of THEN t.ended_on END AS ended_on,
    CASE WHEN t.ended_on <= p.as_of THEN t.outcome END AS outcome,
    coalesce(t.outcome = 'return' AND t.ended_on <= p.as_of, FALSE) AS returned,
    CASE WHEN t.departed_on <= p.as_of THEN t.departed_on END AS departed_on,
    coalesce(t.departure_evidence, FALSE) AS departure_evidence,
    t.file_no, t.line_no, c.birth_date, coalesce(c.sex, 'unknown') AS sex, c.identity_unknown
FROM store.trajectories AS t
JOIN store.cases AS c ON c.case_key = t.case_key
CROSS JOIN period AS p
CROSS JOIN terms AS r
WHERE t.scenario = 'return'
    AND t.started_on <= p.as_of AND r.pilot_start <= p.as_of
    AND (t.ended_on IS NULL OR t.ended_on >= r.pilot_start)
