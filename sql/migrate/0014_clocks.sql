-- Until when a reviewer answers, and how long the unit's clock stood.
ALTER TABLE rectification ADD COLUMN examine_by TEXT;
ALTER TABLE rectification ADD COLUMN stood_days INTEGER;
