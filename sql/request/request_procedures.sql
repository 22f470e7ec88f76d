-- The procedures filed by the reference date: what the report tells of them. A procedure is known by its place in the exports.
SELECT
    c.person_key, c.case_key, CAST(g.file_no AS BIGINT) * 1000000000 + g.line_no AS unit_key, g.kind,
    coalesce(g.result, 'unknown') AS result, g.filed_on,
    CASE WHEN g.decided_on <= p.as_of THEN g.decided_on END AS decided_on,
    CASE WHEN g.decided_on <= p.as_of THEN 'false' ELSE 'true' END AS pending
FROM store.procedures AS g
JOIN store.cases AS c ON c.case_key = g.case_key
CROSS JOIN period AS p
WHERE g.filed_on <= p.as_of
