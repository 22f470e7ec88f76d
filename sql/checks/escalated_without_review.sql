-- Decisions to escalate whose time to submit has passed without any submission of the case since.
SELECT
    c.case_key, 'conferences' AS table_name, c.file_no, c.line_no,
    NULL AS other_table, NULL AS other_file_no, NULL AS other_line_no
FROM store.conferences AS c
CROSS JOIN period AS p
CROSS JOIN terms AS t
WHERE c.conference_decision = 'escalate' AND add_days(c.held_on, t.review_days) < p.as_of
    AND NOT EXISTS (
        SELECT 1 FROM store.reviews AS r
        WHERE r.case_key = c.case_key AND r.submitted_on >= c.held_on AND r.submitted_on <= p.as_of
    )
