-- Every return trajectory of the account, marked for the project or not, in the order of persons, then of start.
SELECT
    person_key, coalesce(organisation, 'unknown') AS organisation, started_on, ended_on, outcome, departed_on, departure_evidence, project
FROM return_trajectories
ORDER BY person_key, started_on, trajectory_order
