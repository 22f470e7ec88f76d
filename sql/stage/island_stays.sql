-- table
-- The stays that share a night with another stay of their person, numbered by the island of nights
-- that they form together.
WITH stay AS (
    SELECT h.person_key, s.case_key, s.stay_order, s.exit_reason, h.location_no, h.from_day AS date_in, h.until AS date_out, h.admitted_on, h.file_no, h.line_no
    FROM sheltered AS h
    JOIN store.stays AS s ON s.file_no = h.file_no AND s.line_no = h.line_no
    WHERE h.in_island
),

neighbour AS (
    SELECT
        *,
        max(date_out) OVER (
            PARTITION BY person_key ORDER BY date_in, stay_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS occupied_until
    FROM stay
)

SELECT
    person_key, case_key, stay_order, exit_reason, location_no, date_in, date_out, admitted_on, file_no, line_no,
    sum(CASE WHEN occupied_until IS NULL OR date_in >= occupied_until THEN 1 ELSE 0 END)
        OVER (PARTITION BY person_key ORDER BY date_in, stay_order) AS island_no
FROM neighbour
