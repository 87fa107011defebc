#include "domain/workflow.h"

#include "domain/adjustment.h"
#include "domain/document.h"
#include "domain/dossier.h"
#include "domain/evaluation.h"
#include "domain/fact_check.h"
#include "domain/figure_set.h"
#include "domain/finding.h"
#include "domain/import.h"
#include "domain/instruction.h"
#include "domain/objection.h"
#include "domain/paper.h"
#include "domain/recheck.h"
#include "domain/rectification.h"
#include "domain/round.h"
#include "domain/workbook.h"

CHOICES_DEFINE(actions, ACTION_LIST);

#define REASON MOVE_NEEDS_REASON
#define CHAIN  MOVE_BY_CHAIN

/*  entity              from              action         to                 who may            flags
 * A row BY_CHAIN ends in `to` when the chain's last step is signed; before that the chain decides. An item that is
 * returned goes back to the state it was applied from. */
const Move moves[] = {
    { ENTITY_AUTHORISATION, AUTHORISATION_DRAFT, DO_ENFORCE, AUTHORISATION_IN_FORCE, NEED_AUTHORISE, 0 },
    { ENTITY_AUTHORISATION, AUTHORISATION_IN_FORCE, DO_REVOKE, AUTHORISATION_REVOKED, NEED_AUTHORISE, REASON },

    { ENTITY_INSPECTION, INSPECTION_PLANNED, DO_NOTIFY, INSPECTION_PLANNED, NEED_ROUND_KEEP, 0 },
    { ENTITY_INSPECTION, INSPECTION_PLANNED, DO_ENTER, INSPECTION_ON_SITE, NEED_INSPECTION_RUN, 0 },
    { ENTITY_INSPECTION, INSPECTION_ON_SITE, DO_LEAVE, INSPECTION_LEFT, NEED_INSPECTION_RUN, 0 },
    { ENTITY_INSPECTION, INSPECTION_LEFT, DO_REPORT, INSPECTION_REPORTING, NEED_INSPECTION_RUN, 0 },
    { ENTITY_INSPECTION, INSPECTION_REPORTING, DO_CONSULT, INSPECTION_CONSULTING, NEED_INSPECTION_RUN, 0 },
    { ENTITY_INSPECTION, INSPECTION_CONSULTING, DO_RETURN, INSPECTION_REPORTING, NEED_ROUND_KEEP, REASON },
    { ENTITY_INSPECTION, INSPECTION_CONSULTING, DO_DELIBERATE, INSPECTION_DELIBERATING, NEED_ROUND_KEEP, 0 },
    { ENTITY_INSPECTION, INSPECTION_DELIBERATING, DO_HEAR, INSPECTION_HEARD, NEED_ROUND_KEEP, 0 },
    { ENTITY_INSPECTION, INSPECTION_FED_BACK, DO_FOLLOW_UP, INSPECTION_FOLLOWING_UP, NEED_ROUND_KEEP, 0 },
    { ENTITY_INSPECTION, INSPECTION_FOLLOWING_UP, DO_EVALUATE, INSPECTION_EVALUATED, NEED_ROUND_KEEP, 0 },
    { ENTITY_INSPECTION, INSPECTION_EVALUATED, DO_ARCHIVE, INSPECTION_ARCHIVED, NEED_ROUND_KEEP, 0 },

    { ENTITY_PAPER, PAPER_DRAFT, DO_SIGN, PAPER_TO_REVIEW, NEED_PAPER_WRITE, CHAIN },
    { ENTITY_PAPER, PAPER_RETURNED, DO_SIGN, PAPER_TO_REVIEW, NEED_PAPER_WRITE, CHAIN },
    { ENTITY_PAPER, PAPER_TO_REVIEW, DO_SIGN, PAPER_TO_SIGN, NEED_PAPER_WRITE, CHAIN },
    { ENTITY_PAPER, PAPER_TO_SIGN, DO_SIGN, PAPER_LOCKED, NEED_PAPER_WRITE, CHAIN },
    { ENTITY_PAPER, PAPER_TO_REVIEW, DO_RETURN, PAPER_RETURNED, NEED_PAPER_WRITE, CHAIN | REASON },
    { ENTITY_PAPER, PAPER_TO_SIGN, DO_RETURN, PAPER_RETURNED, NEED_PAPER_WRITE, CHAIN | REASON },
    { ENTITY_PAPER, PAPER_LOCKED, DO_REVISE, PAPER_DRAFT, NEED_PAPER_WRITE, REASON },
    { ENTITY_PAPER, PAPER_LOCKED, DO_CITE, PAPER_CITED, NEED_FINDING_KEEP, 0 },
    { ENTITY_PAPER, PAPER_CITED, DO_CITE, PAPER_CITED, NEED_FINDING_KEEP, 0 },
    { ENTITY_PAPER, PAPER_DRAFT, DO_DROP, PAPER_UNUSED, NEED_PAPER_DECIDE, REASON },
    { ENTITY_PAPER, PAPER_RETURNED, DO_DROP, PAPER_UNUSED, NEED_PAPER_DECIDE, REASON },
    { ENTITY_PAPER, PAPER_LOCKED, DO_DROP, PAPER_UNUSED, NEED_PAPER_DECIDE, REASON },
    { ENTITY_PAPER, PAPER_DRAFT, DO_MERGE, PAPER_MERGED, NEED_PAPER_DECIDE, REASON },
    { ENTITY_PAPER, PAPER_LOCKED, DO_MERGE, PAPER_MERGED, NEED_PAPER_DECIDE, REASON },
    { ENTITY_PAPER, PAPER_CITED, DO_ARCHIVE, PAPER_ARCHIVED, NEED_ROUND_KEEP, 0 },
    { ENTITY_PAPER, PAPER_MERGED, DO_ARCHIVE, PAPER_ARCHIVED, NEED_ROUND_KEEP, 0 },
    { ENTITY_PAPER, PAPER_UNUSED, DO_ARCHIVE, PAPER_ARCHIVED, NEED_ROUND_KEEP, 0 },

    { ENTITY_FINDING, FINDING_DRAFT, DO_DELIVER, FINDING_FED_BACK, NEED_FEEDBACK_KEEP, 0 },
    { ENTITY_FINDING, FINDING_DRAFT, DO_WITHDRAW, FINDING_WITHDRAWN, NEED_FINDING_KEEP, REASON },
    { ENTITY_FINDING, FINDING_FED_BACK, DO_ASK_REVOKE, FINDING_REVOKING, NEED_RECT_STRIKE, REASON },
    { ENTITY_FINDING, FINDING_REVOKING, DO_REVOKE, FINDING_REVOKED, NEED_AUTHORISE, 0 },
    { ENTITY_FINDING, FINDING_REVOKING, DO_KEEP, FINDING_FED_BACK, NEED_AUTHORISE, REASON },
    { ENTITY_FEEDBACK, FEEDBACK_DRAFT, DO_DELIVER, FEEDBACK_DELIVERED, NEED_FEEDBACK_KEEP, 0 },
    { ENTITY_FEEDBACK, FEEDBACK_DELIVERED, DO_RECEIVE, FEEDBACK_RECEIVED, NEED_FEEDBACK_RECEIVE, 0 },

    { ENTITY_RECTIFICATION, RECT_PENDING, DO_START, RECT_ONGOING, NEED_RECT_ANSWER, 0 },
    { ENTITY_RECTIFICATION, RECT_ONGOING, DO_APPLY, RECT_APPLIED, NEED_RECT_ANSWER, 0 },
    { ENTITY_RECTIFICATION, RECT_BASIC, DO_APPLY, RECT_APPLIED, NEED_RECT_ANSWER, 0 },
    { ENTITY_RECTIFICATION, RECT_LONG_TERM, DO_APPLY, RECT_APPLIED, NEED_RECT_ANSWER, 0 },
    { ENTITY_RECTIFICATION, RECT_REBOUND, DO_APPLY, RECT_APPLIED, NEED_RECT_ANSWER, 0 },
    { ENTITY_RECTIFICATION, RECT_APPLIED, DO_REVIEW, RECT_APPLIED, NEED_RECT_REVIEW, CHAIN },
    { ENTITY_RECTIFICATION, RECT_APPLIED, DO_RETURN, RECT_ONGOING, NEED_RECT_REVIEW, CHAIN | REASON },
    { ENTITY_RECTIFICATION, RECT_APPLIED, DO_STRIKE, RECT_DONE, NEED_RECT_STRIKE, CHAIN },
    { ENTITY_RECTIFICATION, RECT_DONE, DO_REOPEN, RECT_REBOUND, NEED_RECT_STRIKE, REASON },

    { ENTITY_RECHECK, RECHECK_OPEN, DO_CLOSE, RECHECK_CLOSED, NEED_RECHECK_KEEP, 0 },
    { ENTITY_RECHECK, RECHECK_OPEN, DO_VOID, RECHECK_VOID, NEED_RECHECK_KEEP, REASON },

    { ENTITY_EVALUATION, EVALUATION_SCORING, DO_CLOSE, EVALUATION_SCORED, NEED_EVALUATION_KEEP, 0 },
    { ENTITY_EVALUATION, EVALUATION_SCORED, DO_SETTLE, EVALUATION_SETTLED, NEED_EVALUATION_DECIDE, 0 },
    { ENTITY_EVALUATION, EVALUATION_SCORING, DO_VOID, EVALUATION_VOID, NEED_EVALUATION_KEEP, REASON },
    { ENTITY_EVALUATION, EVALUATION_SCORED, DO_VOID, EVALUATION_VOID, NEED_EVALUATION_KEEP, REASON },
    { ENTITY_EVALUATION_SHEET, SHEET_WAITING, DO_SCORE, SHEET_HANDED_IN, NEED_EVALUATION_SCORE, 0 },
    { ENTITY_EVALUATION_SHEET, SHEET_HANDED_IN, DO_SCORE, SHEET_HANDED_IN, NEED_EVALUATION_SCORE, 0 },
    { ENTITY_EVALUATION_SHEET, SHEET_WAITING, DO_VOID, SHEET_VOID, NEED_EVALUATION_KEEP, REASON },

    { ENTITY_ADJUSTMENT, ADJUSTMENT_ASKED, DO_GRANT, ADJUSTMENT_GRANTED, NEED_RECT_STRIKE, 0 },
    { ENTITY_ADJUSTMENT, ADJUSTMENT_ASKED, DO_REFUSE, ADJUSTMENT_REFUSED, NEED_RECT_STRIKE, REASON },
    { ENTITY_ADJUSTMENT, ADJUSTMENT_ASKED, DO_WITHDRAW, ADJUSTMENT_WITHDRAWN, NEED_ADJUST_ASK, REASON },

    { ENTITY_FACT_CHECK, FACT_SENT, DO_REPLY, FACT_ANSWERED, NEED_FACT_ANSWER, 0 },
    { ENTITY_FACT_CHECK, FACT_ANSWERED, DO_CLOSE, FACT_SETTLED, NEED_FINDING_KEEP, 0 },
    { ENTITY_FACT_CHECK, FACT_SENT, DO_VOID, FACT_VOID, NEED_FINDING_KEEP, REASON },
    { ENTITY_FACT_CHECK, FACT_ANSWERED, DO_VOID, FACT_VOID, NEED_FINDING_KEEP, REASON },
    { ENTITY_OBJECTION, OBJECTION_FILED, DO_KEEP, OBJECTION_KEPT, NEED_OBJECTION_DECIDE, 0 },
    { ENTITY_OBJECTION, OBJECTION_FILED, DO_AMEND, OBJECTION_AMENDED, NEED_OBJECTION_DECIDE, 0 },
    { ENTITY_OBJECTION, OBJECTION_FILED, DO_UPHOLD, OBJECTION_UPHELD, NEED_OBJECTION_DECIDE, 0 },
    { ENTITY_OBJECTION, OBJECTION_FILED, DO_WITHDRAW, OBJECTION_WITHDRAWN, NEED_OBJECT, REASON },

    { ENTITY_LETTER, LETTER_DRAFT, DO_ISSUE, LETTER_ISSUED, NEED_LETTER_KEEP, 0 },
    { ENTITY_LETTER, LETTER_ISSUED, DO_RECEIVE, LETTER_RECEIVED, NEED_LETTER_ANSWER, 0 },
    { ENTITY_LETTER, LETTER_RECEIVED, DO_REPLY, LETTER_REPLIED, NEED_LETTER_ANSWER, 0 },
    { ENTITY_LETTER, LETTER_REPLIED, DO_RETURN, LETTER_RECEIVED, NEED_LETTER_KEEP, REASON },
    { ENTITY_LETTER, LETTER_REPLIED, DO_CLOSE, LETTER_CLOSED, NEED_LETTER_KEEP, 0 },

    { ENTITY_INSTRUCTION, INSTRUCTION_OPEN, DO_CLOSE, INSTRUCTION_CLOSED, NEED_INSTRUCTION_KEEP, 0 },

    { ENTITY_FIGURE_SET, FIGURE_SET_FROZEN, DO_PUBLISH, FIGURE_SET_PUBLISHED, NEED_AUTHORISE, 0 },
    { ENTITY_FIGURE_SET, FIGURE_SET_FROZEN, DO_VOID, FIGURE_SET_VOID, NEED_FIGURES_KEEP, REASON },
    { ENTITY_FIGURE_SET, FIGURE_SET_PUBLISHED, DO_VOID, FIGURE_SET_VOID, NEED_FIGURES_KEEP, REASON },

    { ENTITY_DOCUMENT, DOCUMENT_STATE_DRAFT, DO_ISSUE, DOCUMENT_STATE_ISSUED, NEED_DOCUMENT_KEEP, 0 },
    { ENTITY_DOCUMENT, DOCUMENT_STATE_DRAFT, DO_VOID, DOCUMENT_STATE_VOID, NEED_DOCUMENT_KEEP, REASON },
    { ENTITY_DOCUMENT, DOCUMENT_STATE_ISSUED, DO_VOID, DOCUMENT_STATE_VOID, NEED_DOCUMENT_KEEP, REASON },
    { ENTITY_DOCUMENT_TEMPLATE, TEMPLATE_DRAFT, DO_ENFORCE, TEMPLATE_IN_FORCE, NEED_TEMPLATE_KEEP, 0 },
    { ENTITY_DOCUMENT_TEMPLATE, TEMPLATE_DRAFT, DO_RETIRE, TEMPLATE_RETIRED, NEED_TEMPLATE_KEEP, 0 },
    { ENTITY_DOCUMENT_TEMPLATE, TEMPLATE_IN_FORCE, DO_RETIRE, TEMPLATE_RETIRED, NEED_TEMPLATE_KEEP, 0 },

    { ENTITY_SEAL_IMAGE, TEMPLATE_DRAFT, DO_ENFORCE, TEMPLATE_IN_FORCE, NEED_SEAL_KEEP, 0 },
    { ENTITY_SEAL_IMAGE, TEMPLATE_DRAFT, DO_RETIRE, TEMPLATE_RETIRED, NEED_SEAL_KEEP, 0 },
    { ENTITY_SEAL_IMAGE, TEMPLATE_IN_FORCE, DO_RETIRE, TEMPLATE_RETIRED, NEED_SEAL_KEEP, 0 },

    { ENTITY_DOSSIER_LOAN, LOAN_ASKED, DO_GRANT, LOAN_OUT, NEED_DOSSIER_KEEP, 0 },
    { ENTITY_DOSSIER_LOAN, LOAN_ASKED, DO_REFUSE, LOAN_REFUSED, NEED_DOSSIER_KEEP, REASON },
    { ENTITY_DOSSIER_LOAN, LOAN_OUT, DO_GIVE_BACK, LOAN_RETURNED, NEED_DOSSIER_KEEP, 0 },

    { ENTITY_WORKBOOK, WORKBOOK_ISSUED, DO_VOID, WORKBOOK_VOID, NEED_IMPORT_KEEP, REASON },
    { ENTITY_WORKBOOK, WORKBOOK_RETURNED, DO_VOID, WORKBOOK_VOID, NEED_IMPORT_KEEP, REASON },

    { ENTITY_IMPORT, IMPORT_OPEN, DO_CHECK, IMPORT_CHECKING, NEED_IMPORT_KEEP, 0 },
    { ENTITY_IMPORT, IMPORT_READY, DO_CHECK, IMPORT_CHECKING, NEED_IMPORT_KEEP, 0 },
    { ENTITY_IMPORT, IMPORT_READY, DO_RUN, IMPORT_RUNNING, NEED_IMPORT_KEEP, 0 },
    { ENTITY_IMPORT, IMPORT_DONE, DO_UNDO, IMPORT_UNDOING, NEED_IMPORT_KEEP, REASON },
};
const size_t move_count = sizeof moves / sizeof moves[0];

static const Choices *states_of(EntityKind kind)
{
    const Entity *e = entity_of(kind);
    return e->table->fields[e->state].choices;
}

static const char *label_in(Text label, Lang lang)
{
    return lang == LANG_ZH ? label.zh : label.en;
}

Text action_label(Action action)
{
    return actions.items[action].label;
}

/* "复核、退回": what may be done in this state instead. */
static Str moves_from(Ctx *c, EntityKind kind, int32_t state)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < move_count; i++) {
        if (moves[i].entity != kind || moves[i].from != state)
            continue;
        strbuf_addf(&b, "%s%s", b.len ? (c->lang == LANG_ZH ? "、" : ", ") : "",
            label_in(action_label(moves[i].action), c->lang));
    }
    if (b.len == 0)
        strbuf_add(&b, c->lang == LANG_ZH ? S("无") : S("nothing"));
    return strbuf_str(&b);
}

Status workflow_move(Ctx *c, EntityKind kind, int32_t state, Action action, Str reason, const Move **out)
{
    const Move *move = NULL;
    for (size_t i = 0; i < move_count && !move; i++)
        if (moves[i].entity == kind && moves[i].from == state && moves[i].action == action)
            move = &moves[i];
    if (!move)
        return fail(c, ST_CONFLICT, "%s处于“%s”状态，不能“%s”；现在可以：%.*s",
            "this %s is \"%s\" and cannot \"%s\"; it can: %.*s", label_in(entity_of(kind)->label, c->lang),
            label_in(states_of(kind)->items[state].label, c->lang), label_in(action_label(action), c->lang),
            STR_ARG(moves_from(c, kind, state)));
    if ((move->flags & MOVE_NEEDS_REASON) && str_trim(reason).len == 0)
        return fail_field(c, S("reason"), STR_NONE, T("必须写明理由", "a reason must be given"),
            T("请写明理由，对方据此修改", "say why, so that the other side knows what to change"));
    *out = move;
    return ST_OK;
}

uint64_t workflow_actions(EntityKind kind, int32_t state, Role role)
{
    uint64_t set = 0;
    for (size_t i = 0; i < move_count; i++)
        if (moves[i].entity == kind && moves[i].from == state && role_may(role, moves[i].need))
            set |= (uint64_t)1 << moves[i].action;
    return set;
}

static const char *chain_mark(const Move *m)
{
    return m->flags & MOVE_BY_CHAIN ? " *" : "";
}

void workflow_print_text(StrBuf *out, Lang lang)
{
    for (size_t i = 0; i < move_count; i++) {
        const Move *m = &moves[i];
        const Choices *states = states_of(m->entity);
        strbuf_addf(out, "%s: %s --%s%s--> %s  [%s]%s\n", label_in(entity_of(m->entity)->label, lang),
            label_in(states->items[m->from].label, lang), label_in(action_label(m->action), lang), chain_mark(m),
            label_in(states->items[m->to].label, lang), label_in(need_label(m->need), lang),
            m->flags & MOVE_NEEDS_REASON ? label_in(T(" 须写理由", " with a reason"), lang) : "");
    }
    strbuf_add(
        out, lang == LANG_ZH ? S("* 由规则中的签署链逐级办理\n") : S("* step by step along the rule set's chain\n"));
}

void workflow_print_dot(StrBuf *out, EntityKind kind, Lang lang)
{
    const Choices *states = states_of(kind);
    strbuf_addf(out, "digraph \"%s\" {\n  rankdir=LR;\n  node [shape=box];\n", entity_of(kind)->sql_table);
    for (size_t i = 0; i < move_count; i++) {
        const Move *m = &moves[i];
        if (m->entity == kind)
            strbuf_addf(out, "  \"%s\" -> \"%s\" [label=\"%s%s\"];\n", label_in(states->items[m->from].label, lang),
                label_in(states->items[m->to].label, lang), label_in(action_label(m->action), lang), chain_mark(m));
    }
    strbuf_add(out, S("}\n"));
}
