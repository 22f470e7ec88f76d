-- table
-- The stays that ended on the day they began.
SELECT c.person_key, s.stay_order, s.date_in, s.date_out, s.exit_reason
FROM store.stays AS s
JOIN store.cases AS c ON c.case_key = s.case_key
WHERE s.date_out = s.date_in
