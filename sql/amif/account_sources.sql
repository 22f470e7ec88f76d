-- Where the account's evidence stands in the exports: the rows of its trajectories, of the guidance on
-- them, and of the cases that they belong to (sex and date of birth).
SELECT a.person_key, a.sequence, 'trajectories' AS register, t.file_no, t.line_no
FROM amif_trajectories AS a
JOIN store.trajectories AS t ON t.trajectory_key = a.trajectory_key
UNION ALL
SELECT a.person_key, a.sequence, 'guidance', g.file_no, g.line_no
FROM amif_trajectories AS a
JOIN store.guidance AS g ON g.trajectory_key = a.trajectory_key
CROSS JOIN period AS p
WHERE g.held_on <= p.as_of
UNION ALL
SELECT a.person_key, a.sequence, 'cases', c.file_no, c.line_no
FROM amif_trajectories AS a
JOIN store.trajectories AS t ON t.trajectory_key = a.trajectory_key
JOIN store.cases AS c ON c.case_key = t.case_key
ORDER BY 1, 2, 3, 4, 5
