/* Images of seals and signatures: kept by one, put in force by another, borne by issued papers. */
#include "service/seal_service.h"
#include "document/image_read.h"
#include "service/case.h"
#include "service/services.h"

Status seal_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const SealInput *in = u->input;
    Organiser organiser;
    Str image;
    int width, height;
    TRY(record_check_required(c, &SealInput_table, in));
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    TRY(file_of_member(c, in->file, IMAGE_FILE_MAX, T("图像文件", "the bytes of the image"), &image));
    TRY(image_read(c, image, &width, &height));
    return seal_image_add(c, in, image, width, height, out);
}

/* For whoever compares it with the original. */
Status seal_service_file(Ctx *c, UseCase *u)
{
    SealImage *s = arena_new_of(c->arena, SealImage);
    TRY(record_load(c, ENTITY_SEAL_IMAGE, u->id, 0, s));
    bool png = str_starts(s->image, S("\x89PNG"));
    u->type = png ? "image/png" : "image/jpeg";
    u->file_name = str_format(c->arena, "%.*s.%s", STR_ARG(str_clip(s->name, 60)), png ? "png" : "jpg");
    strbuf_add(&u->out, s->image);
    return ST_OK;
}

static Selection in_force(Ctx *c, Str organiser, int32_t kind, Str name)
{
    static const int fields[] = { SealImage_organiser, SealImage_kind, SealImage_name, SealImage_state };
    const Value values[] = { value_text(organiser), value_text(choice_name(&seal_kinds, kind)), value_text(name),
        value_text(S("in_force")) };
    enum { CONDITIONS = sizeof fields / sizeof fields[0] };
    Selection sel = selection_of(ENTITY_SEAL_IMAGE);
    Value *kept = arena_array_of(c->arena, Value, CONDITIONS);
    sel.unscoped = true;
    for (int i = 0; i < CONDITIONS; i++) {
        kept[i] = values[i];
        selection_where(&sel, fields[i], OP_EQ, &kept[i], 1);
    }
    return sel;
}

Status seal_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    SealImage *now = arena_new_of(c->arena, SealImage), *others;
    size_t count;
    TRY(record_load(c, ENTITY_SEAL_IMAGE, u->id, u->version, now));
    if (usecase_action(u) == DO_RETIRE)
        return seal_image_retire(c, now, u->input, out);
    Selection sel = in_force(c, now->organiser, now->kind, now->name);
    TRY(selection_load(c, &sel, LIST_LIMIT_MAX, &others, &count));
    return seal_image_enforce(c, now, others, count, u->input, out);
}

Status seal_image_of(Ctx *c, Str organiser, int32_t kind, Str name, SlotImage *out)
{
    SealImage *found = arena_new_of(c->arena, SealImage);
    Str id;
    if (name.len == 0)
        return ST_OK;
    Selection sel = in_force(c, organiser, kind, name);
    TRY(selection_first_id(c, &sel, &id));
    if (id.len == 0)
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_SEAL_IMAGE, id, found));
    *out = (SlotImage){ .bytes = found->image,
        .width_mm = (int32_t)found->width_mm.value,
        .height_mm = (int32_t)found->height_mm.value,
        .over = kind == SEAL_KIND_SEAL };
    return ST_OK;
}
