-- Who filled a place in which nights: for each person disjoint runs of nights [from_day, until).
-- Readers cut them at their reference date, which never changes who has an earlier night. Only stays
-- that overlap were taken apart; cost follows the number of stays. file_no and line_no name the stay.
SELECT person_key, from_day, until, location_no, admitted_on, file_no, line_no FROM sheltered WHERE NOT in_island
UNION ALL
SELECT person_key, from_day, until, location_no, admitted_on, file_no, line_no FROM island_nights
