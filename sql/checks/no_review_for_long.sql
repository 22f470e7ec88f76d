-- Cases of the persons with the pilot night of the reference date, by the stay that counts that night, that were admitted
-- longer ago than the interval of the periodic review and had no conference within it.
WITH tonight AS (
    SELECT
        s.case_key,
        row_number() OVER (PARTITION BY c.person_key ORDER BY s.date_in DESC, s.stay_order) AS rank
    FROM store.stays AS s
    JOIN store.cases AS c ON c.case_key = s.case_key
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE s.date_in <= p.as_of AND (s.date_out IS NULL OR s.date_out > p.as_of)
        AND p.as_of BETWEEN t.pilot_start AND t.pilot_end
)

SELECT DISTINCT
    c.case_key, 'cases' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM tonight AS n
JOIN store.cases AS c ON c.case_key = n.case_key
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE n.rank = 1 AND c.decision = 'admitted' AND add_days(c.decided_on, t.review_interval_days) <= p.as_of
    AND NOT EXISTS (
        SELECT 1 FROM store.conferences AS o
        WHERE o.case_key = c.case_key AND o.held_on <= p.as_of AND add_days(o.held_on, t.review_interval_days) > p.as_of
    )
