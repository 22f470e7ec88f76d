-- table
-- Every stay of at least one night with its person, from date_in until date_out; an open one runs to
-- the end of time. occupied_until: the last end of the person's earlier stays; next_day: the first
-- day of the next one. in_island: it shares a night with another stay of the person; followed: the
-- next stay begins on the day that it ends.
--
-- All stays are sorted once, here, by person and first night. Which of two stays that begin on one
-- day comes first does not matter: both share that night.
WITH stay AS (
    SELECT
        c.person_key, s.date_in AS from_day, coalesce(s.date_out, DATE '9999-12-31') AS until, l.location_no,
        CASE WHEN c.decision = 'admitted' THEN c.decided_on END AS admitted_on,
        r.exit_reason_no, s.file_no, s.line_no
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    JOIN location_numbers AS l ON l.location = s.location
    JOIN exit_reason_numbers AS r ON r.exit_reason IS NOT DISTINCT FROM s.exit_reason
    WHERE s.date_out IS NULL OR s.date_out > s.date_in
),

neighbour AS (
    SELECT
        *,
        max(until) OVER (
            PARTITION BY person_key ORDER BY from_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS occupied_until,
        lead(from_day) OVER (PARTITION BY person_key ORDER BY from_day) AS next_day
    FROM stay
)

SELECT
    person_key, from_day, until, location_no, admitted_on, exit_reason_no, file_no, line_no, occupied_until, next_day,
    coalesce(from_day < occupied_until, FALSE) OR coalesce(next_day < until, FALSE) AS in_island,
    coalesce(next_day = until, FALSE) AS followed
FROM neighbour
