-- The age groups of the figures on the population: from_age up to and including to_age.
SELECT age_band, from_age, to_age
FROM (VALUES
    ('<18', -1000, 17),
    ('18-24', 18, 24),
    ('25-34', 25, 34),
    ('35-44', 35, 44),
    ('45-54', 45, 54),
    ('55+', 55, 1000)
) AS b (age_band, from_age, to_age)
