#include "domain/escalation.h"

/* --- where an item stands -------------------------------------------------------------------------------------------
 */

static const Letter *letter_of(const EscalationCase *now, const LetterItem *link)
{
    for (size_t i = 0; i < now->letter_count; i++)
        if (str_eq(now->letters[i].id, link->letter))
            return &now->letters[i];
    return NULL;
}

/* The highest letter about this item under its present due date; NULL: none yet. */
static const Letter *last_letter(const EscalationCase *now, const Rectification *item)
{
    const Letter *last = NULL;
    for (size_t i = 0; i < now->link_count; i++) {
        const LetterItem *link = &now->links[i];
        if (link->due_on != item->due_on || link->left_out_on || !str_eq(link->rectification, item->id))
            continue;
        const Letter *letter = letter_of(now, link);
        if (letter && (!last || letter->step.value > last->step.value))
            last = letter;
    }
    return last;
}

int escalation_rung(const EscalationCase *now, const Rectification *item, Date today)
{
    const EscalationStep *steps = now->rules->escalation;
    const Letter *last = last_letter(now, item);
    int rung = last ? (int)last->step.value : 0;
    if (rung >= now->rules->escalation_count || !item->due_on)
        return -1;
    if (date_days_between(item->due_on, today) < steps[rung].late_days)
        return -1;
    if (!last)
        return rung;
    Date decided = last->issued_on ? last->issued_on : last->closed_on;
    int wait = steps[rung].late_days - steps[rung - 1].late_days;
    return decided && date_days_between(decided, today) >= wait ? rung : -1;
}

/* --- what is drafted ------------------------------------------------------------------------------------------------
 */

typedef struct OpenDraft {
    Str letter; /* empty: none is open */
    int64_t room;
} OpenDraft;

static bool stands(const EscalationCase *now, const LetterItem *link)
{
    for (size_t i = 0; i < now->item_count; i++)
        if (str_eq(now->items[i].id, link->rectification))
            return !link->left_out_on && letter_item_stands(link, &now->items[i]);
    return false;
}

/* How many of a letter's items still stand, of how many in all. */
static int64_t standing_in(const EscalationCase *now, Str letter, int64_t *links)
{
    int64_t standing = 0;
    *links = 0;
    for (size_t i = 0; i < now->link_count; i++) {
        if (!str_eq(now->links[i].letter, letter))
            continue;
        ++*links;
        standing += stands(now, &now->links[i]);
    }
    return standing;
}

static OpenDraft open_draft(const EscalationCase *now, int rung)
{
    int64_t links;
    for (size_t i = 0; i < now->letter_count; i++) {
        const Letter *l = &now->letters[i];
        if (l->state == LETTER_DRAFT && l->step.value == rung + 1 && standing_in(now, l->id, &links) > 0 &&
            links < LETTER_ITEMS_MOST)
            return (OpenDraft){ l->id, LETTER_ITEMS_MOST - links };
    }
    return (OpenDraft){ STR_NONE, 0 };
}

static Status new_draft(Ctx *c, const EscalationCase *now, const Rectification *item, int rung, int64_t serial,
    OpenDraft *draft, Changes *out)
{
    const EscalationStep *step = &now->rules->escalation[rung];
    Letter *l = arena_new_of(c->arena, Letter);
    l->organiser = item->organiser;
    l->kind = step->kind;
    l->body = step->body;
    l->maker = step->maker;
    l->number = letter_draft_number(c->arena, date_year(c->today), serial);
    l->unit = item->unit;
    l->unit_name = now->unit_name;
    l->subject = step->subject;
    l->demand = step->demand;
    l->state = LETTER_DRAFT;
    l->step = INT_OF(rung + 1);
    TRY(record_check_required(c, &Letter_table, l));
    change_insert(c, out, ENTITY_LETTER, l);
    *draft = (OpenDraft){ l->id, LETTER_ITEMS_MOST };
    return ST_OK;
}

static const LetterItem *link_of(const EscalationCase *now, Str letter, const Rectification *item)
{
    for (size_t i = 0; i < now->link_count; i++)
        if (str_eq(now->links[i].letter, letter) && str_eq(now->links[i].rectification, item->id))
            return &now->links[i];
    return NULL;
}

/* An item that stood in this very draft under an earlier date is taken up again under its present one. */
static void add_item(Ctx *c, const EscalationCase *now, const Rectification *item, OpenDraft *draft, Changes *out)
{
    const LetterItem *before = link_of(now, draft->letter, item);
    if (before) {
        LetterItem *after = record_copy(c, &LetterItem_table, before);
        after->due_on = item->due_on;
        after->left_out_on = DATE_NONE;
        change_update(c, out, ENTITY_LETTER_ITEM, before, after);
        return;
    }
    LetterItem *link = arena_new_of(c->arena, LetterItem);
    link->letter = draft->letter;
    link->rectification = item->id;
    link->unit = item->unit;
    link->organiser = item->organiser;
    link->title = item->title;
    link->due_on = item->due_on;
    change_insert(c, out, ENTITY_LETTER_ITEM, link);
    draft->room--;
}

/* --- what is settled ------------------------------------------------------------------------------------------------
 */

static void leave_out(Ctx *c, const EscalationCase *now, const Letter *draft, Changes *out)
{
    for (size_t i = 0; i < now->link_count; i++) {
        const LetterItem *link = &now->links[i];
        if (link->left_out_on || !str_eq(link->letter, draft->id) || stands(now, link))
            continue;
        LetterItem *after = record_copy(c, &LetterItem_table, link);
        after->left_out_on = c->today;
        change_update(c, out, ENTITY_LETTER_ITEM, link, after);
    }
}

static void tidy(Ctx *c, const EscalationCase *now, const Letter *draft, Changes *out)
{
    int64_t links;
    leave_out(c, now, draft, out);
    if (standing_in(now, draft->id, &links) > 0)
        return;
    Letter *after = record_copy(c, &Letter_table, draft);
    after->state = LETTER_DROPPED;
    after->closed_on = c->today;
    after->verdict = S("所列事项均已办结、正在审核或已调整时限，系统自动撤下。");
    change_update(c, out, ENTITY_LETTER, draft, after);
}

Status escalation_decide(Ctx *c, const EscalationCase *now, int *drafted, Changes *out)
{
    *drafted = 0;
    for (size_t i = 0; i < now->letter_count; i++)
        if (now->letters[i].state == LETTER_DRAFT)
            tidy(c, now, &now->letters[i], out);
    for (int rung = 0; rung < now->rules->escalation_count; rung++) {
        OpenDraft draft = open_draft(now, rung);
        for (size_t i = 0; i < now->item_count; i++) {
            if (escalation_rung(now, &now->items[i], c->today) != rung)
                continue;
            if (draft.room == 0)
                TRY(new_draft(c, now, &now->items[i], rung, now->draft_serial + ++*drafted, &draft, out));
            add_item(c, now, &now->items[i], &draft, out);
        }
    }
    return ST_OK;
}
