-- table
-- The courses of guidance that had begun by the reference date, as known then. ended_on is NULL while a
-- course runs. It ends with its first durable outcome; one without ends, when none of its trajectories
-- runs any more, with the trajectory that ended last. Which course a trajectory belongs to does not
-- depend on the reference date.
WITH known AS (
    SELECT
        c.case_key, c.course_no, c.trajectory_order, c.started_on, coalesce(c.outcome, 'none') AS outcome, p.as_of,
        CASE WHEN c.ended_on <= p.as_of THEN c.ended_on END AS ended_on,
        coalesce(l.level = 'durable' AND c.ended_on <= p.as_of, FALSE) AS is_durable
    FROM course_parts AS c
    CROSS JOIN period AS p
    LEFT JOIN outcome_levels AS l ON l.outcome = c.outcome
    WHERE c.started_on <= p.as_of
),

joined AS (
    SELECT
        case_key, min(started_on) AS began_on,
        bool_or(ended_on IS NULL) AS is_running, max(ended_on) AS last_end,
        first_by(outcome, days_between(ended_on, as_of), trajectory_order) AS last_outcome,
        min(CASE WHEN is_durable THEN ended_on END) AS durable_on,
        first_by_where(outcome, is_durable, ended_on, trajectory_order) AS durable_outcome
    FROM known
    GROUP BY case_key, course_no
),

ended AS (
    SELECT
        case_key, began_on,
        CASE WHEN durable_on IS NOT NULL THEN durable_on WHEN NOT is_running THEN last_end END AS ended_on,
        coalesce(durable_outcome, last_outcome) AS outcome
    FROM joined
    UNION ALL
    SELECT
        t.case_key, t.started_on, CASE WHEN t.ended_on <= p.as_of THEN t.ended_on END, t.outcome
    FROM store.trajectories AS t
    CROSS JOIN period AS p
    WHERE t.started_on <= p.as_of
        AND NOT EXISTS (SELECT 1 FROM course_parts AS c WHERE c.case_key = t.case_key)
)

SELECT
    e.case_key, e.began_on, e.ended_on,
    CASE
        WHEN e.ended_on IS NULL THEN 'running'
        WHEN l.level = 'durable' THEN e.outcome
        ELSE coalesce(l.level, 'other')
    END AS end_kind
FROM ended AS e
LEFT JOIN outcome_levels AS l ON l.outcome = e.outcome
