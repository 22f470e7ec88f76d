-- table
-- Exits from shelter by day and reason: a stay ended and its person spent that night in no stay. Of
-- several ends on one day the one counts that began last, at equal date_in the smaller stay_id.
WITH ended AS (
    SELECT
        c.person_key, s.date_out, s.exit_reason,
        row_number() OVER (PARTITION BY c.person_key, s.date_out ORDER BY s.date_in DESC, s.stay_id) AS rank
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    WHERE s.date_out IS NOT NULL
)

SELECT e.date_out AS exit_on, e.exit_reason, count(*) AS exits
FROM ended AS e
WHERE e.rank = 1
    AND NOT EXISTS (
        SELECT 1 FROM nights AS n
        WHERE n.person_key = e.person_key AND n.from_day <= e.date_out AND e.date_out < n.until
    )
GROUP BY e.date_out, e.exit_reason
