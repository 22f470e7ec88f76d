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
    'trajectories' AS other_table, part3(ends_last) AS other_file_no, part4(ends_last) AS other_line_no
FROM neighbour
WHERE part1(ends_last) < days_between(started_on, DATE '9999-12-31')
