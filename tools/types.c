/* types: prints the TypeScript that the pages are built with, from the tables of the domain: an interface
 * and a field table for every entity, the choices, roles with their needs and sights, moves and lights.
 * Usage: types > web/src/api/types.ts */
#include "domain/adoption.h"
#include "domain/evaluation.h"
#include "domain/fact_check.h"
#include "domain/filing.h"
#include "domain/finding.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/recheck.h"
#include "domain/rectification.h"
#include "domain/seal_image.h"
#include "domain/signature.h"
#include "domain/talk.h"
#include "domain/unit.h"
#include "domain/workflow.h"

#include <stdio.h>

static void put_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

static void put_member(const char *name, const char *value)
{
    printf("%s: ", name);
    put_quoted(value);
    fputs(", ", stdout);
}

static bool is_shown(const Field *f)
{
    return !(f->flags & HIDDEN) && f->type != FT_BYTES && f->type != FT_SECRET;
}

static void put_type(const Field *f)
{
    if (f->type == FT_INT || f->type == FT_MONEY) {
        fputs("number | null", stdout);
    } else if (f->type == FT_FLAG) {
        fputs("boolean", stdout);
    } else if (f->type == FT_CHOICE) {
        for (int32_t i = 1; i < f->choices->count; i++)
            printf("'%s' | ", f->choices->items[i].name);
        fputs("null", stdout);
    } else {
        fputs("string | null", stdout);
    }
}

static const char *type_name(FieldType type)
{
    static const char *const names[] = { "text", "long", "choice", "ref", "date", "instant", "int", "money", "flag",
        "bytes", "secret" };
    return names[type];
}

static void put_choices(const Choices *choices)
{
    putchar('[');
    for (int32_t i = 1; i < choices->count; i++) {
        fputs("{ ", stdout);
        put_member("name", choices->items[i].name);
        put_member("zh", choices->items[i].label.zh);
        put_member("en", choices->items[i].label.en);
        fputs("}, ", stdout);
    }
    fputs("]", stdout);
}

static const char *truth(bool flag)
{
    return flag ? "true" : "false";
}

static void put_field(const Field *f)
{
    fputs("      { ", stdout);
    put_member("name", f->name);
    put_member("zh", f->label.zh);
    put_member("en", f->label.en);
    put_member("type", type_name(f->type));
    printf("limit: %d, required: %s, input: %s, edit: %s, listed: %s, searched: %s, unranked: %s, refers: ", f->limit,
        truth(f->flags & (REQUIRED | ASKED)), truth(f->flags & INPUT), truth(f->flags & EDIT), truth(f->flags & LISTED),
        truth(f->flags & SEARCHED), truth(f->flags & UNRANKED));
    put_quoted(f->type == FT_REF && f->refers ? entity_of((EntityKind)f->refers)->table->name : "");
    fputs(", choices: ", stdout);
    if (f->type == FT_CHOICE)
        put_choices(f->choices);
    else
        fputs("[]", stdout);
    fputs(" },\n", stdout);
}

static void put_fields(const FieldTable *table)
{
    fputs("    fields: [\n", stdout);
    for (uint16_t i = 0; i < table->count; i++)
        if (is_shown(&table->fields[i]))
            put_field(&table->fields[i]);
    fputs("    ],\n", stdout);
}

static void put_interface(const FieldTable *table)
{
    printf("export interface R_%s {\n", table->name);
    for (uint16_t i = 0; i < table->count; i++) {
        const Field *f = &table->fields[i];
        if (!is_shown(f))
            continue;
        printf("  %s: ", f->name);
        if (i == Record_id)
            fputs("string", stdout);
        else if (i == Record_version)
            fputs("number", stdout);
        else
            put_type(f);
        fputs(";\n", stdout);
    }
    fputs("}\n", stdout);
}

static void put_entity(const Entity *e)
{
    printf("  %s: {\n    name: '%s', ", e->table->name, e->table->name);
    put_member("zh", e->label.zh);
    put_member("en", e->label.en);
    printf("register: %s, found: %s, ", truth(e->is_register), truth(entity_is_found(e)));
    put_member("title", e->table->fields[e->title].name);
    put_member("state", e->state < 0 ? "" : e->table->fields[e->state].name);
    putchar('\n');
    put_fields(e->table);
    fputs("  },\n", stdout);
}

static void put_form(const char *name, const FieldTable *table)
{
    printf(
        "  %s: {\n    name: '%s', zh: '', en: '', register: false, found: false, title: '', state: '',\n", name, name);
    put_fields(table);
    fputs("  },\n", stdout);
}

static void put_list(const char *name, const Choices *choices)
{
    printf("export const %s: ChoiceInfo[] = ", name);
    put_choices(choices);
    fputs(";\n", stdout);
}

/* --- rights and moves: what the server decides by, so that the pages offer nothing else ------------------- */

static void put_union(const char *name, const Choices *choices)
{
    printf("export type %s =", name);
    for (int32_t i = 1; i < choices->count; i++)
        printf(" | '%s'", choices->items[i].name);
    puts(";");
}

static const char *const need_names[] = {
#define X(N, ...) #N,
    NEED_LIST(X)
#undef X
};

static void put_need_type(void)
{
    fputs("export type Need =", stdout);
    for (int need = 0; need < NEED_COUNT; need++)
        printf(" | '%s'", need_names[need]);
    puts(";");
}

static void put_needs(Role role)
{
    printf("  %s: [", roles.items[role].name);
    for (int need = 0; need < NEED_COUNT; need++)
        if (role_may(role, (Need)need))
            printf("'%s', ", need_names[need]);
    puts("],");
}

static void put_sights(Role role)
{
    printf("  %s: [", roles.items[role].name);
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        if (sight_of(role, (EntityKind)kind)->kind != SIGHT_NONE)
            printf("'%s', ", entity_of((EntityKind)kind)->table->name);
    puts("],");
}

static void put_rights(void)
{
    puts("export const MAY: Record<Role, Need[]> = {");
    for (int role = 1; role < ROLE_COUNT; role++)
        put_needs((Role)role);
    puts("};\nexport const SEES: Record<Role, EntityName[]> = {");
    for (int role = 1; role < ROLE_COUNT; role++)
        put_sights((Role)role);
    puts("};");
}

static void put_move(const Move *m)
{
    const Entity *e = entity_of(m->entity);
    const Choices *states = e->table->fields[e->state].choices;
    printf("  { entity: '%s', from: '%s', action: '%s', to: '%s', need: '%s', reason: %s, chain: %s },\n",
        e->table->name, states->items[m->from].name, actions.items[m->action].name, states->items[m->to].name,
        need_names[m->need], truth(m->flags & MOVE_NEEDS_REASON), truth(m->flags & MOVE_BY_CHAIN));
}

static void put_moves(void)
{
    puts("export interface MoveInfo { entity: EntityName; from: string; action: Action; to: string; need: Need; "
         "reason: boolean; chain: boolean }\nexport const MOVES: MoveInfo[] = [");
    for (size_t i = 0; i < move_count; i++)
        put_move(&moves[i]);
    puts("];");
}

/* What moves ask for that is no record. */
static void put_forms(void)
{
    static const struct {
        const char *name;
        const FieldTable *table;
    } forms[] = { { "move", &MoveInput_table }, { "receipt", &ReceiptInput_table }, { "reopen", &ReopenInput_table },
        { "letter", &LetterInput_table }, { "unit_end", &UnitEnd_table }, { "seal_input", &SealInput_table },
        { "recheck_result", &RecheckResult_table }, { "fact_answer", &FactAnswer_table },
        { "fact_settle", &FactSettle_table }, { "objection_decision", &ObjectionDecision_table },
        { "filing_opinion", &FilingOpinion_table }, { "filing_collate", &FilingCollate_table },
        { "talk_result", &TalkResult_table }, { "instruction_close", &InstructionClose_table },
        { "legacy_result", &LegacyResult_table }, { "evaluation_decision", &EvaluationDecision_table },
        { "adopt", &AdoptInput_table }, { "rectification_return", &RectReturn_table } };
    enum { FORMS = sizeof forms / sizeof forms[0] };
    printf("export const FORMS: Record<");
    for (int i = 0; i < FORMS; i++)
        printf("%s'%s'", i ? " | " : "", forms[i].name);
    puts(", EntityInfo> = {");
    for (int i = 0; i < FORMS; i++)
        put_form(forms[i].name, forms[i].table);
    puts("};");
}

int main(void)
{
    puts("// Made by tools/types.c from the field tables. Do not edit.\n"
         "export interface ChoiceInfo { name: string; zh: string; en: string }\n"
         "export type FieldKind = 'text' | 'long' | 'choice' | 'ref' | 'date' | 'instant' | 'int' | 'money' | 'flag' | "
         "'bytes' | 'secret';\n"
         "export interface FieldInfo { name: string; zh: string; en: string; type: FieldKind; limit: number; required: "
         "boolean; "
         "input: boolean; edit: boolean; listed: boolean; searched: boolean; unranked: boolean; refers: EntityName | "
         "''; choices: "
         "ChoiceInfo[] }\n"
         "export interface EntityInfo { name: string; zh: string; en: string; register: boolean; found: boolean; "
         "title: string; "
         "state: string; fields: FieldInfo[] }");
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        put_interface(entity_of((EntityKind)kind)->table);
    puts("export interface Records {");
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        printf("  %s: R_%s;\n", entity_of((EntityKind)kind)->table->name, entity_of((EntityKind)kind)->table->name);
    puts("}\nexport type EntityName = keyof Records;\nexport const ENTITIES: Record<EntityName, EntityInfo> = {");
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        put_entity(entity_of((EntityKind)kind));
    puts("};");
    put_forms();
    put_union("Role", &roles);
    put_union("Action", &actions);
    put_need_type();
    put_rights();
    put_moves();
    put_list("ROLES", &roles);
    put_list("ACTIONS", &actions);
    puts("export const LIGHTS: ChoiceInfo[] = [");
    for (int light = LIGHT_NONE; light <= LIGHT_STANDS; light++)
        printf("  { name: '%s', zh: '%s', en: '%s' },\n", light_name((Light)light), light_label((Light)light).zh,
            light_label((Light)light).en);
    puts("];");
    return 0;
}
