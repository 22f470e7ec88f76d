-- Exits from shelter with the person, day, reason, and the days until the person's next night (none: NULL): a stay
-- ended and its person spent that night in no stay. Of several ends on one day the one counts that
-- began last, at equal date_in the smaller number of the stay.
--
-- A stay that shares no night with another one can only be followed by a stay that begins on the day
-- it ends, and no other stay ends with it, but for one without a night. The few stays that are not so
-- simple are looked at one by one.
WITH entangled AS (
    SELECT person_key, stay_order, date_in, date_out, exit_reason FROM stays_without_night
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

entangled_exit AS (
    SELECT e.person_key, e.date_out, e.exit_reason, min(n.from_day) AS back_on
    FROM last_of_day AS e
    LEFT JOIN nights AS n ON n.person_key = e.person_key AND n.until > e.date_out
    WHERE e.rank = 1
    GROUP BY e.person_key, e.date_out, e.exit_reason
    HAVING coalesce(min(n.from_day) > e.date_out, TRUE)
),

exit AS (
    SELECT person_key, date_out, exit_reason, back_on FROM entangled_exit
    UNION ALL
    SELECT s.person_key, s.until, r.exit_reason, s.next_day
    FROM sheltered AS s
    JOIN exit_reason_numbers AS r ON r.exit_reason_no = s.exit_reason_no
    WHERE NOT s.in_island AND NOT s.followed AND s.until < DATE '9999-12-31'
        AND NOT EXISTS (
            SELECT 1 FROM stays_without_night AS w WHERE w.person_key = s.person_key AND w.date_out = s.until
        )
)

SELECT person_key, date_out AS exit_on, exit_reason, days_between(date_out, back_on) AS back_after
FROM exit
