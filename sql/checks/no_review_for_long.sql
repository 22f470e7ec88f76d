-- Cases of the persons with the pilot night of the reference date, by the stay that counts that night, that were admitted
-- longer ago than the interval of the periodic review and had no conference within it.
SELECT
    c.case_key, 'cases' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM housed AS h
JOIN store.cases AS c ON c.case_key = h.case_key
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE c.decision = 'admitted' AND add_days(c.decided_on, t.review_interval_days) <= p.as_of
    AND NOT EXISTS (
        SELECT 1 FROM store.conferences AS o
        WHERE o.case_key = c.case_key AND o.held_on <= p.as_of AND add_days(o.held_on, t.review_interval_days) > p.as_of
    )
