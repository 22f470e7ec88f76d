-- The trajectories of the courses of guidance that had begun by the reference date, as known then: one
-- row a trajectory, in the order of the course, with what holds for the course as a whole. position
-- counts within the course. Which course a trajectory belongs to does not depend on the reference date.
WITH sorted AS (
    SELECT
        t.trajectory_key, t.trajectory_order, t.case_key, t.scenario, t.started_on, t.outcome,
        CASE WHEN t.ended_on <= p.as_of THEN t.ended_on END AS ended_on,
        row_number() OVER (PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order) AS sequence,
        max(coalesce(t.ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS latest_end
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of
),

part AS (
    SELECT
        s.*,
        sum(CASE WHEN s.latest_end IS NULL OR days_between(s.latest_end, s.started_on) > t.course_gap_days THEN 1 ELSE 0 END)
            OVER (PARTITION BY s.case_key ORDER BY s.sequence) AS course_no
    FROM sorted AS s
    CROSS JOIN terms AS t
),

joined AS (
    SELECT
        c.case_key, c.course_no, min(c.started_on) AS began_on,
        bool_or(c.ended_on IS NULL) AS has_running, max(c.ended_on) AS last_end,
        min(CASE WHEN l.level = 'durable' THEN c.ended_on END) AS durable_on,
        first_by(coalesce(l.level, CASE WHEN c.outcome IS NULL THEN 'unknown' ELSE 'none' END),
            -days_between(DATE '1900-01-01', coalesce(c.ended_on, DATE '9999-12-31')), c.trajectory_order) AS last_level
    FROM part AS c
    LEFT JOIN outcome_levels AS l ON l.outcome = c.outcome
    GROUP BY c.case_key, c.course_no
)

SELECT
    k.person_key, c.case_key, c.course_no,
    row_number() OVER (PARTITION BY c.case_key, c.course_no ORDER BY c.sequence) AS position,
    c.trajectory_key, c.scenario,
    j.durable_on IS NULL AND j.has_running AS is_running,
    days_between(j.began_on, CASE
        WHEN j.durable_on IS NOT NULL THEN j.durable_on
        WHEN j.has_running THEN p.as_of
        ELSE j.last_end
    END) AS days,
    CASE
        WHEN j.durable_on IS NOT NULL THEN 'durable'
        WHEN j.has_running THEN 'running'
        ELSE j.last_level
    END AS outcome_level
FROM part AS c
JOIN joined AS j ON j.case_key = c.case_key AND j.course_no = c.course_no
JOIN store.cases AS k ON k.case_key = c.case_key
CROSS JOIN period AS p
ORDER BY k.person_key, c.case_key, c.course_no, position
