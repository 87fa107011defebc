/* The bytes of a file that somebody wants checked: whatever comes, what is read is text, and what is refused says why.
 *
 *   first byte: x the file itself, d the body of a document that is otherwise in order, h its header                */
#include "../unit/document/packed.h"
#include "document/return_mark.h"
#include "document/text_read.h"

static Str document_of(Arena *arena, char kind, Str body)
{
    static const Str plain =
        S_INIT("<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>4173</w:t></w:r></w:p></w:body></w:document>");
    PackedPart parts[] = { { "word/document.xml", kind == 'd' ? body : plain },
        { "word/header1.xml", kind == 'h' ? body : plain } };
    return packed(arena, parts, sizeof parts / sizeof parts[0], true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    Clock clock = { .zone_minutes = 480 };
    Env env = { .clock = &clock };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    Str bytes = { (const char *)data + 1, size - 1 }, text = STR_NONE;
    Status status = text_read(&c, data[0] == 'x' ? bytes : document_of(arena, (char)data[0], bytes), &text);
    if (status == ST_OK)
        packed_check(str_is_text(text) && text.len <= TEXT_READ_MAX);
    else
        packed_check(c.err.message.len > 0);
    ctx_forgive(&c);
    ReturnMarks marks;
    if (data[0] != 'x' && return_marks_read(&c, document_of(arena, (char)data[0], bytes), &marks) != ST_OK)
        packed_check(c.err.message.len > 0);
    arena_done(arena);
    return 0;
}
