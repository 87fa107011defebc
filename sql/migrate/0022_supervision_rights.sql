-- Rights by the supervision office (监督检查室) or resident group (派驻纪检监察组) of a unit, on the days of both.
ALTER TABLE assignment ADD COLUMN supervision_office TEXT;
ALTER TABLE assignment ADD COLUMN resident_group TEXT;

-- Who entered a talk reaches it before it names a unit.
ALTER TABLE talk ADD COLUMN account TEXT;
