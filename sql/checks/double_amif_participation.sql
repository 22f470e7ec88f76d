-- The later trajectory, and of the person's earlier ones that still ran the one that ends last. Of two
-- that begin on one day the longer is the later: one that ended on the day it began overlaps none then.
WITH neighbour AS (
    SELECT
        case_key, started_on, file_no, line_no,
        min(tuple4(days_between(coalesce(ended_on, DATE '9999-12-31'), DATE '9999-12-31'), trajectory_order, file_no, line_no)) OVER (
            PARTITION BY person_key ORDER BY started_on, coalesce(ended_on, DATE '9999-12-31'), trajectory_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ends_last
    FROM amif_trajectories
    WHERE shared
)

SELECT
    case_key, 'trajectories' AS table_name, file_no, line_no,
    'trajectories' AS other_table, part(ends_last, 3) AS other_file_no, part(ends_last, 4) AS other_line_no
FROM neighbour
WHERE part(ends_last, 1) < days_between(started_on, DATE '9999-12-31')
