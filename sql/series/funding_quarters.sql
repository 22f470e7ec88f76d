WITH agreed_by_quarter AS (
    SELECT
        q.quarter,
        CAST(coalesce(sum(a.places * (days_between(greatest(a.from_day, q.from_day), least(a.to_day, q.to_day)) + 1)), 0) * max(t.rate_cents) AS BIGINT)
            AS cents
    FROM quarters AS q
    CROSS JOIN terms AS t
    LEFT JOIN places AS a ON a.from_day <= q.to_day AND q.from_day <= a.to_day
    GROUP BY q.quarter
),

paid AS (
    SELECT q.quarter, CAST(sum(CAST(f.amount AS DECIMAL(38, 2)) * 100) AS BIGINT) AS cents
    FROM quarters AS q
    JOIN store.payments AS f ON f.received_on BETWEEN q.from_day AND q.to_day
    GROUP BY q.quarter
),

spent AS (
    SELECT q.quarter, CAST(sum(c.persons) AS BIGINT) AS nights
    FROM quarters AS q
    JOIN census AS c ON c.night BETWEEN q.from_day AND q.to_day
    GROUP BY q.quarter
)

SELECT
    q.quarter, q.from_day AS "from", q.to_day AS "to",
    euros(a.cents) AS entitlement,
    CASE WHEN v.delivered = 1 THEN euros(coalesce(p.cents, 0)) END AS received,
    coalesce(s.nights, 0) AS person_nights,
    CASE WHEN s.nights > 0 THEN euros(round_divide(a.cents, s.nights)) END AS per_occupied_night
FROM quarters AS q
JOIN agreed_by_quarter AS a ON a.quarter = q.quarter
JOIN delivered AS v ON v.name = 'payments'
LEFT JOIN paid AS p ON p.quarter = q.quarter
LEFT JOIN spent AS s ON s.quarter = q.quarter
ORDER BY q.quarter
