-- The level of an outcome; any other outcome is none.
SELECT outcome, level
FROM (VALUES
    ('return', 'durable'),
    ('onward', 'durable'),
    ('legalisation', 'durable'),
    ('repeat_application', 'semi_durable'),
    ('medical_deferral', 'semi_durable')
) AS l (outcome, level)
