-- table
-- The return trajectories of the AMIF project that ran on at least one day from the pilot's start to
-- the reference date, as known then, with their person; sequence counts the person's trajectories,
-- shared says that there are several. Only those persons' trajectories are put in order.
WITH trajectory AS (
    SELECT
        t.trajectory_key, t.trajectory_order, t.case_key, c.person_key, t.organisation, t.started_on,
        CASE WHEN t.ended_on <= p.as_of THEN t.ended_on END AS ended_on,
        coalesce(t.outcome = 'return' AND t.ended_on <= p.as_of, FALSE) AS returned,
        CASE WHEN t.departed_on <= p.as_of THEN t.departed_on END AS departed_on,
        coalesce(t.departure_evidence, FALSE) AS departure_evidence,
        t.file_no, t.line_no, c.birth_date, coalesce(c.sex, 'unknown') AS sex, c.identity_unknown
    FROM store.trajectories AS t
    JOIN store.cases AS c ON c.case_key = t.case_key
    CROSS JOIN period AS p
    CROSS JOIN terms AS r
    WHERE t.scenario = 'return' AND t.amif
        AND t.started_on <= p.as_of AND r.pilot_start <= p.as_of
        AND (t.ended_on IS NULL OR t.ended_on >= r.pilot_start)
),

several AS (
    SELECT person_key FROM trajectory GROUP BY person_key HAVING count(*) > 1
),

ordered AS (
    SELECT
        t.file_no, t.line_no,
        row_number() OVER (PARTITION BY t.person_key ORDER BY t.started_on, t.trajectory_order) AS sequence
    FROM trajectory AS t
    JOIN several AS s ON s.person_key = t.person_key
)

SELECT t.*, coalesce(o.sequence, 1) AS sequence, o.sequence IS NOT NULL AS shared
FROM trajectory AS t
LEFT JOIN ordered AS o ON o.file_no = t.file_no AND o.line_no = t.line_no
