-- Letters that the rules draft about items past their day: which rung, and the day that each item had then.
ALTER TABLE letter ADD COLUMN step INTEGER;
ALTER TABLE letter_item ADD COLUMN due_on TEXT;
ALTER TABLE letter_item ADD COLUMN left_out_on TEXT;
