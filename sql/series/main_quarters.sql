-- What changes of the main figures from quarter to quarter: for each quarter that is finished, as known on its last day.
WITH finished AS (
    SELECT quarter, from_day, to_day FROM quarters WHERE to_day = last_of_quarter(to_day)
),

agreed_by_quarter AS (
    SELECT
        q.quarter,
        CAST(sum(a.places * greatest(0, days_between(greatest(a.from_day, q.from_day), least(a.to_day, q.to_day)) + 1)) AS BIGINT) AS place_nights,
        CAST(coalesce(sum(a.places * (days_between(a.from_day, least(a.to_day, q.to_day)) + 1)), 0) AS BIGINT) AS to_date
    FROM finished AS q
    LEFT JOIN places AS a ON a.from_day <= q.to_day
    GROUP BY q.quarter
),

paid AS (
    SELECT q.quarter, CAST(sum(CAST(f.amount AS DECIMAL(38, 2)) * 100) AS BIGINT) AS cents
    FROM finished AS q
    JOIN store.payments AS f ON f.received_on <= q.to_day
    GROUP BY q.quarter
),

slept AS (
    SELECT
        q.quarter, CAST(sum(c.persons) AS BIGINT) AS nights,
        CAST(sum(CASE WHEN c.night = q.to_day THEN c.persons END) AS BIGINT) AS last_night
    FROM finished AS q
    JOIN census AS c ON c.night BETWEEN q.from_day AND q.to_day
    GROUP BY q.quarter
),

waiting AS (
    SELECT applied_on AS day, 1 AS cases FROM store.cases
    UNION ALL
    SELECT greatest(applied_on, decided_on), -1 FROM store.cases WHERE decision <> 'pending' AND decided_on IS NOT NULL
),

waiting_by_day AS (
    SELECT day, sum(cases) AS cases FROM waiting GROUP BY day
),

pending AS (
    SELECT q.quarter, CAST(sum(w.cases) AS BIGINT) AS cases
    FROM finished AS q
    JOIN waiting_by_day AS w ON w.day <= q.to_day
    GROUP BY q.quarter
),

durable AS (
    SELECT q.quarter, CAST(sum(d.cases) AS BIGINT) AS cases
    FROM finished AS q
    JOIN durable_days AS d ON d.durable_on <= q.to_day
    GROUP BY q.quarter
),

long_stay AS (
    SELECT q.quarter, count(*) AS persons
    FROM finished AS q
    CROSS JOIN terms AS t
    JOIN spells AS s ON s.from_day <= q.to_day AND s.until > q.to_day
    WHERE q.to_day BETWEEN t.pilot_start AND t.pilot_end AND days_between(greatest(s.from_day, t.pilot_start), q.to_day) + 1 > t.long_stay_days
    GROUP BY q.quarter
)

SELECT
    q.quarter, q.to_day AS "to",
    CASE WHEN a.place_nights > 0 THEN CAST(coalesce(s.nights, 0) AS DOUBLE) / a.place_nights END AS occupancy_rate,
    coalesce(s.last_night, 0) AS housed,
    coalesce(w.cases, 0) AS pending,
    coalesce(d.cases, 0) AS durable,
    coalesce(l.persons, 0) AS long_stay,
    CASE WHEN v.delivered = 1 THEN euros(a.to_date * t.rate_cents - coalesce(p.cents, 0)) END AS balance
FROM finished AS q
JOIN agreed_by_quarter AS a ON a.quarter = q.quarter
JOIN delivered AS v ON v.name = 'payments'
CROSS JOIN terms AS t
LEFT JOIN slept AS s ON s.quarter = q.quarter
LEFT JOIN pending AS w ON w.quarter = q.quarter
LEFT JOIN durable AS d ON d.quarter = q.quarter
LEFT JOIN long_stay AS l ON l.quarter = q.quarter
LEFT JOIN paid AS p ON p.quarter = q.quarter
ORDER BY q.quarter
