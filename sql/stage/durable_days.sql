-- The days on which cases found their first durable solution of the pilot, up to the reference date.
SELECT durable_on, count(*) AS cases
FROM durable_solutions
GROUP BY durable_on
ORDER BY durable_on
