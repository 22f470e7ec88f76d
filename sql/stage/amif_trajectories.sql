-- table
-- The return trajectories that are marked for the AMIF project, with their person; sequence counts the
-- person's trajectories, shared says that there are several. Only those persons' trajectories are put in order.
WITH trajectory AS (
    SELECT * FROM return_trajectories WHERE project = 'yes'
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
