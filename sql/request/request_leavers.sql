-- Those who left, admitted or not: what the report tells of them.
SELECT person_key, person_key AS unit_key, exit_reason, level FROM leaver_levels
