#include "service/labels.h"

#include "service/operation.h"
#include "store/load.h"

/* A code is a node of one taxonomy: codes begin with their taxonomy's. */
static Status label_of_code(Ctx *c, RuleCache *cache, Str code, Str *out)
{
    const RuleSet *rules;
    Str id;
    if (rules_in_force(c, cache, c->today, &id, &rules) != ST_OK) {
        ctx_forgive(c);
        return ST_OK;
    }
    for (size_t i = 0; i < rules->taxonomy_count; i++) {
        const Taxonomy *t = &rules->taxonomies[i];
        const TaxonomyNode *node = taxonomy_node(t, code);
        if (node || str_eq(t->code, code)) {
            *out = text_in(node ? node->label : t->name, c->lang);
            return ST_OK;
        }
    }
    return ST_OK;
}

Status label_of_value(Ctx *c, RuleCache *rules, const Field *f, Str value, Str *out)
{
    *out = value;
    if (value.len == 0) {
        *out = c->lang == LANG_ZH ? S("未记载") : S("not recorded");
        return ST_OK;
    }
    if (f->type == FT_CHOICE) {
        int32_t number = choice_of(f->choices, value);
        *out = number ? text_in(f->choices->items[number].label, c->lang) : value;
        return ST_OK;
    }
    if (f->type == FT_REF && f->refers) {
        Str title;
        TRY(record_title_of(c, (EntityKind)f->refers, value, &title));
        *out = title.len ? title : value;
        return ST_OK;
    }
    bool coded = (f->flags & CODED) || str_eq(str_of(f->name), S("taxonomy"));
    return coded ? label_of_code(c, rules, value, out) : ST_OK;
}

Str operation_words(const Ctx *c, Str operation)
{
    static const struct {
        const char *name;
        Text label;
    } others[] = { { "archive.read", { "从归档恢复", "Restore from archive" } },
        { "archive.write", { "写归档", "Write archive" } }, { "import.progress", { "导入进度", "Import progress" } },
        { "import.undo", { "撤回导入的记录", "Take back imported record" } },
        { "letter.escalate", { "按规则起草催办函件", "Draft letters by rule" } },
        { "unit.take_effect", { "单位变更到期生效", "A planned change of a unit holds" } },
        { "ledger.found", { "建立台账", "Found ledger" } } };
    for (int i = 0; i < USE_COUNT; i++)
        if (operations[i].name && str_eq(operation, str_of(operations[i].name)))
            return text_in(operations[i].label, c->lang);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_eq(operation, str_of(others[i].name)))
            return text_in(others[i].label, c->lang);
    return STR_NONE;
}
