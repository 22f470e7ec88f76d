-- Decisions to escalate whose time to submit is up in the period.
WITH escalated AS (
    SELECT c.case_key, c.held_on, c.file_no, c.line_no, add_days(c.held_on, t.review_days) AS due_on
    FROM store.conferences AS c
    CROSS JOIN period AS p
    CROSS JOIN terms AS t
    WHERE c.conference_decision = 'escalate' AND add_days(c.held_on, t.review_days) BETWEEN p.from_day AND p.to_day
),

submitted AS (
    SELECT e.file_no, e.line_no, max(CASE WHEN r.submitted_on BETWEEN e.held_on AND e.due_on THEN 1 ELSE 0 END) AS is_submitted
    FROM escalated AS e
    LEFT JOIN store.reviews AS r ON r.case_key = e.case_key
    GROUP BY e.file_no, e.line_no
)

SELECT 'review.escalated_submitted' AS metric, CAST(coalesce(sum(is_submitted), 0) AS BIGINT) AS numerator, count(*) AS denominator
FROM submitted
