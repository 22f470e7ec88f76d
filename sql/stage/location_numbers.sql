-- table
-- Every location that stays name, numbered by name, with the first day on which a stay begins there.
-- The many rows behind the census are sorted and counted by number, which costs half of what names do.
SELECT location, CAST(row_number() OVER (ORDER BY location) AS INTEGER) AS location_no, first_day
FROM (SELECT location, min(date_in) AS first_day FROM store.stays GROUP BY location)
