#include "domain/seal_image.h"

CHOICES_DEFINE(seal_kinds, SEAL_KINDS);
FIELDS_DEFINE(SealImage, "seal_images", SEAL_IMAGE_FIELDS);
FIELDS_DEFINE(SealInput, "seal_input", SEAL_INPUT_FIELDS);

enum { WIDTH_MIN = 10, WIDTH_MAX = 80, SEAL_WIDTH = 42, SIGNATURE_WIDTH = 35 };

Status seal_image_add(Ctx *c, const SealInput *input, Str image, int width, int height, Changes *out)
{
    SealImage *s = record_new(c, &SealImage_table);
    int64_t usual = input->kind == SEAL_KIND_SEAL ? SEAL_WIDTH : SIGNATURE_WIDTH;
    s->width_mm = input->width_mm.known ? input->width_mm : INT_OF(usual);
    if (s->width_mm.value < WIDTH_MIN || s->width_mm.value > WIDTH_MAX)
        return fail_field(c, S("width_mm"), str_format(c->arena, "%lld", (long long)s->width_mm.value),
            text_format(c, "宽度应为%d至%d毫米", "is %d to %d mm", WIDTH_MIN, WIDTH_MAX),
            T("请按实物尺寸填写，不填时印章42毫米、签名35毫米",
                "give its real size; without one a seal has 42, a signature 35"));
    s->height_mm = INT_OF((s->width_mm.value * height + width / 2) / width);
    if (s->height_mm.value < 1 || s->height_mm.value > WIDTH_MAX)
        return fail_field(c, S("file"), str_format(c->arena, "%d × %d", width, height),
            text_format(c, "按此宽度，高度超过%d毫米", "is higher than %d mm in this width", WIDTH_MAX),
            T("请裁去图像四周的空白", "cut away the blank around it"));
    s->organiser = input->organiser;
    s->kind = input->kind;
    s->name = input->name;
    s->state = TEMPLATE_DRAFT;
    s->image = image;
    s->digest = sm3_hex(c->env->crypto, c->arena, image);
    s->added_by = c->actor->name;
    s->account = c->actor->account;
    TRY(record_check_required(c, &SealImage_table, s));
    change_insert(c, out, ENTITY_SEAL_IMAGE, s);
    return ST_OK;
}

static void retire(Ctx *c, const SealImage *now, Date day, Changes *out)
{
    SealImage *after = record_copy(c, &SealImage_table, now);
    after->state = TEMPLATE_RETIRED;
    after->retired_on = day;
    change_update(c, out, ENTITY_SEAL_IMAGE, now, after);
}

Status seal_image_enforce(
    Ctx *c, const SealImage *now, const SealImage *others, size_t count, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_SEAL_IMAGE, now->state, DO_ENFORCE, input->reason, &move));
    if (str_eq(now->account, c->actor->account))
        return fail(c, ST_CONFLICT, "不能启用自己登记的印章或签名，请由另一人核对实物后启用",
            "nobody puts in force what he kept himself: a colleague compares it with the original first");
    SealImage *after = record_copy(c, &SealImage_table, now);
    after->state = move->to;
    after->in_force_on = out->effective_on;
    change_update(c, out, ENTITY_SEAL_IMAGE, now, after);
    for (size_t i = 0; i < count; i++)
        if (!str_eq(others[i].id, now->id))
            retire(c, &others[i], out->effective_on, out);
    change_show(c, out, ENTITY_SEAL_IMAGE, after);
    return ST_OK;
}

Status seal_image_retire(Ctx *c, const SealImage *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_SEAL_IMAGE, now->state, DO_RETIRE, input->reason, &move));
    retire(c, now, out->effective_on, out);
    return ST_OK;
}
