-- Incomplete: one row for each reason and participant.
WITH incomplete AS (
    SELECT 'no_guidance' AS reason FROM amif_participants WHERE no_guidance
    UNION ALL
    SELECT 'no_evidence' FROM amif_participants WHERE no_evidence
    UNION ALL
    SELECT 'unknown_birth_date' FROM amif_participants WHERE birth_date IS NULL
    UNION ALL
    SELECT 'unknown_sex' FROM amif_participants WHERE sex = 'unknown'
    UNION ALL
    SELECT 'identity_unknown' FROM amif_participants WHERE identity_unknown
    UNION ALL
    SELECT 'no_departure_date' FROM amif_participants WHERE no_departure_date
    UNION ALL
    SELECT 'double_participation' FROM amif_participants WHERE double_participation
)

SELECT
    'amif.participants' AS metric, sex, age_band, NULL AS reason, count(*) AS value
FROM amif_participants
GROUP BY GROUPING SETS ((), (sex), (age_band))
UNION ALL
SELECT 'amif.returned', sex, age_band, NULL, count(*)
FROM amif_participants
WHERE returned
GROUP BY GROUPING SETS ((), (sex), (age_band))
UNION ALL
SELECT 'amif.returned_with_evidence', NULL, NULL, NULL, count(*)
FROM amif_participants
WHERE returned_with_evidence
UNION ALL
SELECT 'amif.incomplete', NULL, NULL, reason, count(*)
FROM incomplete
GROUP BY reason
