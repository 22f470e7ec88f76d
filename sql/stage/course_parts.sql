-- table
-- The trajectories of the cases that have several, with the number of their course: a trajectory
-- belongs to the running course if it starts no later than course_gap_days after the latest end so far,
-- or if one of them has no end.
WITH several AS (
    SELECT case_key FROM store.trajectories GROUP BY case_key HAVING count(*) > 1
),

neighbour AS (
    SELECT
        t.case_key, t.trajectory_order, t.started_on, t.ended_on, t.outcome,
        max(coalesce(t.ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY t.case_key ORDER BY t.started_on, t.trajectory_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS latest_end
    FROM store.trajectories AS t
    JOIN several AS s ON s.case_key = t.case_key
)

SELECT
    n.case_key, n.trajectory_order, n.started_on, n.ended_on, n.outcome,
    sum(CASE WHEN n.latest_end IS NULL OR days_between(n.latest_end, n.started_on) > t.course_gap_days THEN 1 ELSE 0 END)
        OVER (PARTITION BY n.case_key ORDER BY n.started_on, n.trajectory_order) AS course_no
FROM neighbour AS n
CROSS JOIN terms AS t
