#include "domain/dossier.h"

CHOICES_DEFINE(dossier_kinds, DOSSIER_KINDS);
CHOICES_DEFINE(paper_copies, PAPER_COPIES);
CHOICES_DEFINE(loan_states, LOAN_STATES);
FIELDS_DEFINE(DossierItem, "dossier_items", DOSSIER_ITEM_FIELDS);
FIELDS_DEFINE(DossierLoan, "dossier_loans", DOSSIER_LOAN_FIELDS);

/* --- the catalogue ----------------------------------------------------------------------------------------------- */

int32_t dossier_retention(const RuleSet *rules, int32_t kind)
{
    for (size_t i = 0; i < rules->retention_count; i++)
        if (str_eq(rules->retention[i].kind, choice_name(&dossier_kinds, kind)))
            return rules->retention[i].period;
    return RETENTION_PERMANENT;
}

static bool is_there(const DossierItem *existing, size_t count, Str record)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(existing[i].record, record))
            return true;
    return false;
}

static void add_item(
    Ctx *c, const Inspection *inspection, const RuleSet *rules, const DossierEntry *entry, int64_t number, Changes *out)
{
    DossierItem *item = record_new(c, &DossierItem_table);
    item->inspection = inspection->id;
    item->organiser = inspection->organiser;
    item->number = INT_OF(number);
    item->kind = entry->kind;
    item->title = str_clip(entry->title, 120);
    item->maker = entry->maker;
    item->reference = entry->reference;
    item->dated_on = entry->dated_on;
    item->retention = dossier_retention(rules, entry->kind);
    item->subject = str_of(entry->entity->table->name);
    item->record = entry->record;
    item->digest = entry->digest;
    change_insert(c, out, ENTITY_DOSSIER_ITEM, item);
}

Status dossier_catalogue(Ctx *c, const Inspection *inspection, const RuleSet *rules, const DossierEntry *entries,
    size_t count, const DossierItem *existing, size_t existing_count, Changes *out)
{
    int64_t last = 0;
    if (inspection->state < INSPECTION_FED_BACK)
        return fail(c, ST_CONFLICT, "巡察尚未反馈，还不能编制案卷目录",
            "nothing was fed back yet: there is no file to catalogue");
    for (size_t i = 0; i < existing_count; i++)
        last = existing[i].number.value > last ? existing[i].number.value : last;
    for (int32_t kind = 1; kind < dossier_kinds.count; kind++)
        for (size_t i = 0; i < count; i++)
            if (entries[i].kind == kind && !is_there(existing, existing_count, entries[i].record))
                add_item(c, inspection, rules, &entries[i], ++last, out);
    change_show(c, out, ENTITY_INSPECTION, record_copy(c, &Inspection_table, inspection));
    return ST_OK;
}

Status dossier_item_edit(Ctx *c, const DossierItem *before, const DossierItem *input, FieldSet given, Changes *out)
{
    DossierItem *after = record_copy(c, &DossierItem_table, before);
    record_overlay(&DossierItem_table, given, input, after);
    if (after->pages.known && (after->pages.value < 1 || after->pages.value > 100000))
        return fail_field(c, S("pages"), str_format(c->arena, "%lld", (long long)after->pages.value),
            T("页数应为1至100000", "pages are 1 to 100000"), T("请核对页数", "check the number"));
    if (after->place.len && after->paper != COPY_HELD)
        return fail_field(c, S("place"), after->place,
            T("没有登记纸质件，却写了存放位置", "a place without a paper copy"),
            T("请把“纸质件”选为有纸质件", "say that a paper copy is held"));
    change_update(c, out, ENTITY_DOSSIER_ITEM, before, after);
    change_show(c, out, ENTITY_DOSSIER_ITEM, after);
    return ST_OK;
}

/* --- loans ------------------------------------------------------------------------------------------------------- */

Status dossier_loan_ask(
    Ctx *c, const DossierItem *item, const DossierLoan *open, const DossierLoan *input, Changes *out)
{
    DossierLoan *loan = record_copy(c, &DossierLoan_table, input);
    if (open)
        return fail(c, ST_CONFLICT, "这份文件已有一次借阅没有办结（%.*s）",
            "a loan of this item is open already (%.*s)", STR_ARG(open->borrower));
    if (loan->due_on && loan->due_on < c->today)
        return fail_field(c, S("due_on"), date_text(c->arena, loan->due_on),
            T("归还期限早于今天", "is due before today"), T("请核对日期", "check the date"));
    loan->inspection = item->inspection;
    loan->organiser = item->organiser;
    loan->title = item->title;
    loan->state = LOAN_ASKED;
    loan->asked_on = c->today;
    loan->asked_by = c->actor->name;
    loan->account = c->actor->account;
    TRY(record_check_required(c, &DossierLoan_table, loan));
    change_insert(c, out, ENTITY_DOSSIER_LOAN, loan);
    return ST_OK;
}

static Status check_decider(Ctx *c, const DossierLoan *now)
{
    return now->account.len && str_eq(now->account, c->actor->account)
               ? fail(c, ST_CONFLICT, "不能审批自己提出的借阅，请由另一人审批",
                     "nobody grants his own loan: ask a colleague")
               : ST_OK;
}

Status dossier_loan_decide(Ctx *c, const DossierLoan *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_DOSSIER_LOAN, now->state, action, input->reason, &move));
    if (action != DO_GIVE_BACK)
        TRY(check_decider(c, now));
    DossierLoan *after = record_copy(c, &DossierLoan_table, now);
    after->state = move->to;
    if (action == DO_GIVE_BACK) {
        after->returned_on = out->effective_on;
    } else {
        after->decided_by = c->actor->name;
        after->decided_on = out->effective_on;
        after->opinion = action == DO_REFUSE ? input->reason : input->opinion;
    }
    change_update(c, out, ENTITY_DOSSIER_LOAN, now, after);
    if (action != DO_GIVE_BACK)
        TRY(approval_sign(c, ENTITY_DOSSIER_LOAN, now, action, action == DO_GRANT, input, out));
    change_show(c, out, ENTITY_DOSSIER_LOAN, after);
    return ST_OK;
}
