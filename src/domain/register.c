#include "domain/register.h"

CHOICES_DEFINE(meeting_kinds, MEETING_KINDS);
FIELDS_DEFINE(Meeting, "meetings", MEETING_FIELDS);

CHOICES_DEFINE(training_kinds, TRAINING_KINDS);
FIELDS_DEFINE(Training, "trainings", TRAINING_FIELDS);

CHOICES_DEFINE(regulation_kinds, REGULATION_KINDS);
CHOICES_DEFINE(stages, STAGES);
FIELDS_DEFINE(Regulation, "regulations", REGULATION_FIELDS);

CHOICES_DEFINE(publication_kinds, PUBLICATION_KINDS);
FIELDS_DEFINE(Publication, "publications", PUBLICATION_FIELDS);

FIELDS_DEFINE(CleanUp, "clean_ups", CLEAN_UP_FIELDS);

Status register_enter(Ctx *c, const Entity *entity, const void *input, Changes *out)
{
    void *record = record_copy(c, entity->table, input);
    TRY(record_check_required(c, entity->table, record));
    change_insert(c, out, entity->kind, record);
    return ST_OK;
}

Status register_edit(Ctx *c, const Entity *entity, const void *before, const void *input, FieldSet given, Changes *out)
{
    void *after = record_copy(c, entity->table, before);
    record_overlay(entity->table, given, input, after);
    TRY(record_check_required(c, entity->table, after));
    change_update(c, out, entity->kind, before, after);
    return ST_OK;
}
