-- table
-- Exits from shelter by day and reason: a stay ended and its person spent that night in no stay. Of
-- several ends on one day the one counts that began last, at equal date_in the smaller number of the stay.
--
-- A stay that shares no night with another one can only be followed by a stay that begins on the day
-- it ends, and no other stay ends with it, but for one without a night. The few stays that are not so
-- simple are looked at one by one.
WITH without_night AS (
    SELECT c.person_key, s.stay_order, s.date_in, s.date_out, s.exit_reason
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    WHERE s.date_out = s.date_in
),

entangled AS (
    SELECT person_key, stay_order, date_in, date_out, exit_reason FROM without_night
    UNION ALL
    SELECT person_key, stay_order, date_in, date_out, exit_reason
    FROM island_stays
    WHERE date_out < DATE '9999-12-31'
),

last_of_day AS (
    SELECT
        person_key, date_out, exit_reason,
        row_number() OVER (PARTITION BY person_key, date_out ORDER BY date_in DESC, stay_order) AS rank
    FROM entangled
),

exit AS (
    SELECT e.date_out, e.exit_reason
    FROM last_of_day AS e
    WHERE e.rank = 1
        AND NOT EXISTS (
            SELECT 1 FROM nights AS n
            WHERE n.person_key = e.person_key AND n.from_day <= e.date_out AND e.date_out < n.until
        )
    UNION ALL
    SELECT s.until, r.exit_reason
    FROM sheltered AS s
    JOIN exit_reason_numbers AS r ON r.exit_reason_no = s.exit_reason_no
    WHERE NOT s.in_island AND NOT s.followed AND s.until < DATE '9999-12-31'
        AND NOT EXISTS (
            SELECT 1 FROM without_night AS w WHERE w.person_key = s.person_key AND w.date_out = s.until
        )
)

SELECT date_out AS exit_on, exit_reason, count(*) AS exits
FROM exit
GROUP BY date_out, exit_reason
