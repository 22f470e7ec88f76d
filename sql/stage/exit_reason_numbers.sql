-- table
-- The reasons for leaving that stays name, numbered; none has a number too. See location_numbers.
SELECT exit_reason, CAST(row_number() OVER (ORDER BY exit_reason) AS INTEGER) AS exit_reason_no
FROM (SELECT DISTINCT exit_reason FROM store.stays)
