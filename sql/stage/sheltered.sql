-- table
-- Every stay of at least one night with its person, from date_in until date_out; an open one runs to
-- the end of time. in_island: it shares a night with another stay of the person; followed: the
-- person's next stay begins on the day that it ends.
--
-- All stays are sorted once, here, by person and first night. Which of two stays that begin on one
-- day comes first does not matter: both share that night.
WITH stay AS (
    SELECT
        c.person_key, s.date_in AS from_day, coalesce(s.date_out, DATE '9999-12-31') AS until, s.location,
        CASE WHEN c.decision = 'admitted' THEN c.decided_on END AS admitted_on,
        s.exit_reason, s.file_no, s.line_no
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
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
    person_key, from_day, until, location, admitted_on, exit_reason, file_no, line_no,
    coalesce(from_day < occupied_until, FALSE) OR coalesce(next_day < until, FALSE) AS in_island,
    coalesce(next_day = until, FALSE) AS followed
FROM neighbour
