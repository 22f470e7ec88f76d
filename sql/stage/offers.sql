-- Which offers a list of offers names, by the list as the store has it; one that names none is unknown.
WITH list AS (
    SELECT DISTINCT coalesce(offer, '') AS offers FROM store.cases
),

name AS (
    SELECT 'guidance' AS offer
    UNION ALL
    SELECT 'shelter'
    UNION ALL
    SELECT 'allowance'
)

SELECT l.offers, n.offer
FROM list AS l
JOIN name AS n ON '+' || l.offers || '+' LIKE '%+' || n.offer || '+%'
UNION ALL
SELECT offers, 'unknown' FROM list WHERE offers = ''
