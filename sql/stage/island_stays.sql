-- table
-- The stays that share a night with another stay of their person, numbered by the island of nights
-- that they form together.
WITH stay AS (
    SELECT
        c.person_key, s.case_key, s.stay_id, s.location, s.date_in,
        coalesce(s.date_out, DATE '9999-12-31') AS date_out,
        CASE WHEN c.decision = 'admitted' THEN c.decided_on END AS admitted_on,
        s.file_no, s.line_no
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    WHERE s.date_out IS NULL OR s.date_out > s.date_in
),

neighbour AS (
    SELECT
        *,
        max(date_out) OVER (
            PARTITION BY person_key ORDER BY date_in, stay_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS occupied_until,
        lead(date_in) OVER (PARTITION BY person_key ORDER BY date_in, stay_id) AS next_in
    FROM stay
)

SELECT
    person_key, case_key, stay_id, location, date_in, date_out, admitted_on, file_no, line_no,
    sum(CASE WHEN occupied_until IS NULL OR date_in >= occupied_until THEN 1 ELSE 0 END)
        OVER (PARTITION BY person_key ORDER BY date_in, stay_id) AS island_no
FROM neighbour
WHERE coalesce(date_in < occupied_until, FALSE) OR coalesce(next_in < date_out, FALSE)
