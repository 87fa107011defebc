/* Values that people may change are marked while they are written (return_mark.h). */
#include "document/return_mark.h"
#include "document/template_parts.h"

#include <string.h>

enum { BOOKMARKS_FROM = 100000 }; /* the template's own are below */

/* What a paragraph consists of, if it is one value. */
typedef struct Sole {
    const Mark *value;
    const Mark *condition; /* {{?数}}{{数}}项{{/数}}: there is something only if the value is given */
} Sole;

/* False where something else stands in the paragraph; words beside the value only within its condition. */
static bool only_value(const Node *n, Sole *found)
{
    for (const Node *child = n->first; child; child = child->next) {
        if (child->kind == NODE_TEXT) {
            if (n->name == WORD_T && str_trim(child->text).len && !found->condition)
                return false;
            continue;
        }
        const Mark *mark = child->kind == NODE_MARK ? child->mark : NULL;
        if (mark && mark->kind == MARK_VALUE && !mark->hidden && !found->value) {
            found->value = mark;
            continue;
        }
        if (mark && mark->kind == MARK_IF && !found->condition && !found->value)
            found->condition = mark;
        else if (mark || child->name == WORD_DRAWING || child->name == WORD_PICTURE)
            return false;
        if (!only_value(child, found))
            return false;
    }
    return true;
}

const Mark *template_sole_value(const Node *paragraph, bool *conditional)
{
    Sole found = { NULL, NULL };
    if (!only_value(paragraph, &found) || !found.value)
        return NULL;
    *conditional = found.condition != NULL;
    bool own =
        !found.condition || (found.condition->slot == found.value->slot &&
                                found.condition->row_of == found.value->row_of && found.value->what->type == SLOT_INT);
    return own ? found.value : NULL;
}

/* Nothing else of weight stands in its cell. */
static bool fills_cell(const Node *paragraph)
{
    const Node *cell = paragraph->parent;
    if (!cell || cell->kind != NODE_ELEMENT || cell->name != WORD_TC)
        return false;
    for (const Node *n = cell->first; n; n = n->next)
        if (n != paragraph && (n->kind == NODE_MARK || n->name == WORD_P || n->name == WORD_TBL))
            return false;
    return true;
}

static int64_t write_start(Filling *f, const ReturnMark *mark)
{
    int64_t bookmark = BOOKMARKS_FROM + mark->number;
    Str p = f->part->tree.prefix, name = return_name(f->c->arena, mark);
    strbuf_addf(&f->out, "<%.*sbookmarkStart %.*sid=\"%lld\" %.*sname=\"%.*s\"/>", STR_ARG(p), STR_ARG(p),
        (long long)bookmark, STR_ARG(p), STR_ARG(name));
    return bookmark;
}

int64_t template_return_begin(Filling *f, const Mark *mark, const SlotRow *row, Str text)
{
    bool main_part = str_eq(f->part->name, S(RETURN_PART));
    if (!main_part || mark->place.in_box || mark->what->code.len == 0 || row->record.len == 0 ||
        f->returns == RETURN_MARKS_MAX)
        return 0;
    return write_start(f, &(ReturnMark){ .reach = fills_cell(mark->paragraph) ? RETURN_CELL : RETURN_PARAGRAPHS,
                              .record = row->record,
                              .field = mark->what->code,
                              .written = return_code(f->c->arena, return_text(f->c->arena, text)),
                              .number = ++f->returns });
}

void template_return_end(Filling *f, int64_t bookmark)
{
    Str p = f->part->tree.prefix;
    if (bookmark)
        strbuf_addf(&f->out, "<%.*sbookmarkEnd %.*sid=\"%lld\"/>", STR_ARG(p), STR_ARG(p), (long long)bookmark);
}

/* The number is not known yet: it is written over when it is. */
void template_return_open(Filling *f)
{
    bool any = false;
    for (size_t i = 0; i < f->part->count && !any; i++)
        any = f->part->marks[i]->what && f->part->marks[i]->what->code.len > 0;
    f->returns_at = 0;
    if (!any || !str_eq(f->part->name, S(RETURN_PART)))
        return;
    size_t from = f->out.len;
    int64_t bookmark = write_start(f, &(ReturnMark){ .reach = RETURN_COUNT });
    f->returns_at = from + str_find(str_sub(strbuf_str(&f->out), from, SIZE_MAX), S("z0"), 0);
    template_return_end(f, bookmark);
}

void template_return_close(Filling *f)
{
    ReturnMark mark = { .reach = RETURN_COUNT, .record = f->paper, .number = f->returns };
    if (f->returns_at == 0)
        return;
    if (return_rest(f->c, strbuf_str(&f->out), &mark.written) != ST_OK) {
        ctx_forgive(f->c); /* beyond what can be read back: the paper goes out all the same, its rest untold */
        mark.written = STR_NONE;
    }
    Str name = return_name(f->c->arena, &mark);
    memcpy(f->out.ptr + f->returns_at, name.ptr, name.len);
}
