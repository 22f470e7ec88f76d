-- table
-- How many exits from shelter there were by day, reason, and the days until the person's next night (none: NULL).
SELECT exit_on, exit_reason, back_after, count(*) AS exits
FROM exit_events
GROUP BY exit_on, exit_reason, back_after
