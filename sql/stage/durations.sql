-- How long the trajectories ran that had started by the reference date: how many, by days, by how
-- they ended. A trajectory that still runs is censored at the reference date.
SELECT
    CASE WHEN t.ended_on <= p.as_of THEN days_between(t.started_on, t.ended_on) ELSE days_between(t.started_on, p.as_of) END AS days,
    CASE
        WHEN t.ended_on IS NULL OR t.ended_on > p.as_of THEN 'running'
        WHEN t.outcome IN ('return', 'onward', 'legalisation') THEN t.outcome
        ELSE 'other'
    END AS end_kind,
    count(*) AS trajectories
FROM store.trajectories AS t
CROSS JOIN period AS p
WHERE t.started_on <= p.as_of
GROUP BY 1, 2
