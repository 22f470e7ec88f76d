-- The days within which a person who left is looked for in the shelter again.
SELECT days FROM (VALUES (180), (365), (730)) AS h (days)
