#include "domain/evidence.h"

CHOICES_DEFINE(proof_kinds, PROOF_KINDS);
FIELDS_DEFINE(Evidence, "evidence", EVIDENCE_FIELDS);
FIELDS_DEFINE(Attachment, "attachments", ATTACHMENT_FIELDS);

Status attachment_add(
    Ctx *c, const Entity *subject, const void *record, const Evidence *file, const Attachment *input, Changes *out)
{
    Attachment *a = record_copy(c, &Attachment_table, input);
    TRY(record_check_required(c, &Attachment_table, a));
    Str inspection = record_ref(subject, record, subject->scope.inspection);
    if (file->inspection.len && !str_eq(file->inspection, inspection))
        return fail_field(c, S("evidence"), file->id,
            T("该文件属于另一巡察对象，不能附在这里", "the file belongs to another inspection"),
            T("请在本对象下重新上传", "upload it again here"));
    a->size = file->size;
    a->digest = file->digest;
    a->inspection = inspection;
    a->unit = record_ref(subject, record, subject->scope.unit);
    a->organiser = record_ref(subject, record, subject->scope.organiser);
    change_insert(c, out, ENTITY_ATTACHMENT, a);
    return ST_OK;
}
