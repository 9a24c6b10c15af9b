-- How the slices of a series lie and what was decided of them: a verdict as JSON.

ALTER TABLE series ADD COLUMN geometry VARCHAR(200000);
