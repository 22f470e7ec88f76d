-- The cases of the register in the order of the exports, with the keys behind their pseudonyms and
-- whether the person may stand in the AMIF account.
WITH project AS (
    SELECT DISTINCT case_key FROM store.trajectories WHERE amif
)

SELECT
    c.case_key, c.person_key, c.file_no, c.line_no,
    a.case_key IS NOT NULL AS amif
FROM store.cases AS c
LEFT JOIN project AS a ON a.case_key = c.case_key
ORDER BY c.file_no, c.line_no
