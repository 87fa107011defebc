#include "domain/evidence.h"

CHOICES_DEFINE(proof_kinds, PROOF_KINDS);
FIELDS_DEFINE(Evidence, "evidence", EVIDENCE_FIELDS);
FIELDS_DEFINE(Attachment, "attachments", ATTACHMENT_FIELDS);

/* What a double click runs. Whoever opens a proof opens a text, a picture, a recording or an archive. */
static bool is_program(Ctx *c, Str name)
{
    static const char *const ends[] = { ".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".dll", ".cpl", ".lnk",
        ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".ps1", ".jar", ".sh", ".reg", ".chm" };
    while (str_ends(name, S(".")) || str_ends(name, S(" "))) /* Windows leaves them out */
        name.len--;
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < name.len; i++)
        strbuf_addc(&b, (char)(name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? name.ptr[i] | 0x20 : name.ptr[i]));
    Str low = strbuf_str(&b);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (str_ends(low, str_of(ends[i])))
            return true;
    return false;
}

Status attachment_add(
    Ctx *c, const Entity *subject, const void *record, const Evidence *file, const Attachment *input, Changes *out)
{
    Attachment *a = record_copy(c, &Attachment_table, input);
    TRY(record_check_required(c, &Attachment_table, a));
    if (is_program(c, a->name))
        return fail_field(c, S("name"), a->name, T("程序和脚本不能作为附件", "programs and scripts are no attachments"),
            T("请改用文档、图片、音像或压缩包", "give a document, a picture, a recording or an archive"));
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
