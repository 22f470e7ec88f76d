-- The exits from shelter by the reference date, of persons admitted or not: what the report tells of them. An exit is known
-- by its person and day. back_180 and the like: whether so many days have passed, and whether the person came back in them.
SELECT
    e.person_key, days_between(DATE '2000-01-01', e.exit_on) AS unit_key, e.exit_on, coalesce(e.exit_reason, 'unknown') AS exit_reason,
    CASE WHEN add_days(e.exit_on, 180) > p.as_of THEN 'unknown' WHEN e.back_after <= 180 THEN 'true' ELSE 'false' END AS back_180,
    CASE WHEN add_days(e.exit_on, 365) > p.as_of THEN 'unknown' WHEN e.back_after <= 365 THEN 'true' ELSE 'false' END AS back_365,
    CASE WHEN add_days(e.exit_on, 730) > p.as_of THEN 'unknown' WHEN e.back_after <= 730 THEN 'true' ELSE 'false' END AS back_730
FROM exit_events AS e
CROSS JOIN period AS p
WHERE e.exit_on <= p.as_of
