-- table
-- Those who left: the persons with a night from the pilot's start up to the reference date and without
-- the night of the reference date, with the reason of their last stay: the latest date_out, then the
-- latest date_in, then the smaller number of the stay. A stay without a night counts too.
--
-- Where the last stay shares no night with another one there is no second with its date_out.
WITH gone AS (
    SELECT s.person_key, max(s.until) AS last_day
    FROM sheltered AS s
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE s.from_day <= p.as_of
    GROUP BY s.person_key, p.as_of, t.pilot_start
    HAVING max(s.until) <= p.as_of AND max(s.until) > t.pilot_start
),

entangled AS (
    SELECT w.person_key, w.stay_order, w.date_in, w.date_out, w.exit_reason
    FROM stays_without_night AS w
    JOIN gone AS g ON g.person_key = w.person_key AND w.date_out >= g.last_day
    CROSS JOIN period AS p
    WHERE w.date_out <= p.as_of
    UNION ALL
    SELECT i.person_key, i.stay_order, i.date_in, i.date_out, i.exit_reason
    FROM island_stays AS i
    JOIN gone AS g ON g.person_key = i.person_key AND i.date_out = g.last_day
),

ranked AS (
    SELECT person_key, exit_reason, row_number() OVER (PARTITION BY person_key ORDER BY date_out DESC, date_in DESC, stay_order) AS rank
    FROM entangled
)

SELECT person_key, exit_reason
FROM ranked
WHERE rank = 1
UNION ALL
SELECT s.person_key, r.exit_reason
FROM sheltered AS s
JOIN gone AS g ON g.person_key = s.person_key AND s.until = g.last_day
JOIN exit_reason_numbers AS r ON r.exit_reason_no = s.exit_reason_no
WHERE NOT s.in_island
    AND NOT EXISTS (SELECT 1 FROM ranked AS k WHERE k.person_key = s.person_key)
