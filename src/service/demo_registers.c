/* The registers, the secretary's instructions and the letters of the demo: rows of data/demo. */
#include "service/demo_city.h"

static const char *body_of(Str maker)
{
    static const struct {
        const char *part;
        const char *body;
    } bodies_of[] = { { "领导小组", "leading_group" }, { "组织部", "organisation" }, { "纪委", "discipline" },
        { "巡察办", "office" } };
    for (size_t i = 0; i < sizeof bodies_of / sizeof bodies_of[0]; i++)
        if (str_find(maker, str_of(bodies_of[i].part), 0) != SIZE_MAX)
            return bodies_of[i].body;
    return "committee";
}

static Status enter_row(Stage *st, const Player *office, const Str *cell)
{
    static const struct {
        const char *name;
        EntityKind kind;
        const char *date;
        const char *further;
    } registers[] = { { "meetings", ENTITY_MEETING, "held_on", NULL },
        { "trainings", ENTITY_TRAINING, "held_on", "field" },
        { "publicity", ENTITY_PUBLICATION, "published_on", "occasion" },
        { "rules", ENTITY_REGULATION, "made_on", "stage" } };
    size_t r = 0;
    while (r + 1 < sizeof registers / sizeof registers[0] && !str_eq(cell[0], str_of(registers[r].name)))
        r++;
    Date day = DATE_NONE;
    if (!date_parse(cell[2], &day))
        return fail(
            st->c, ST_BROKEN, "演示数据日期有误：%.*s", "a date of the demo's data is wrong: %.*s", STR_ARG(cell[2]));
    Str further = registers[r].further && cell[6].len
                      ? str_format(st->s.arena, ",\"%s\":\"%.*s\"", registers[r].further, STR_ARG(cell[6]))
                      : STR_NONE;
    if (registers[r].kind == ENTITY_TRAINING)
        further = str_format(st->s.arena, "%.*s,\"attendance\":%u", STR_ARG(further), 60 + stage_draw(st, 90));
    stage_as(st, office, ROLE_OFFICE, day);
    return script_enter(st->c, &st->s, registers[r].kind, NULL,
        "{\"organiser\":\"%.*s\",\"kind\":\"%.*s\",\"body\":\"%s\",\"%s\":\"%.*s\",\"maker\":\"%.*s\",\"number\":\"%.*"
        "s\","
        "\"title\":\"%.*s\"%.*s}",
        STR_ARG(st->organiser.id), STR_ARG(cell[1]), body_of(cell[3]), registers[r].date, STR_ARG(cell[2]),
        STR_ARG(cell[3]), STR_ARG(cell[4]), STR_ARG(cell[5]), STR_ARG(further));
}

Status stage_registers(Stage *st, const Player *office)
{
    DemoRows rows = demo_rows_of(DEMO_REGISTERS);
    while (demo_rows_next(&rows))
        TRY(enter_row(st, office, rows.cell));
    return ST_OK;
}

/* Handled within a month: those of the last month are still on their way. */
Status stage_instructions(Stage *st, const Player *office)
{
    DemoRows rows = demo_rows_of(DEMO_INSTRUCTIONS);
    int year = 0, number = 0;
    while (demo_rows_next(&rows)) {
        Made made;
        Date day = DATE_NONE;
        if (!date_parse(rows.cell[0], &day))
            return fail(st->c, ST_BROKEN, "演示数据日期有误", "a date of the demo's data is wrong");
        number = date_year(day) == year ? number + 1 : 1;
        year = date_year(day);
        stage_as(st, office, ROLE_OFFICE, day);
        TRY(script_dof(st->c, &st->s, USE_INSTRUCTION_ENTER, NULL, &made,
            "{\"organiser\":\"%.*s\",\"kind\":\"written\",\"issuer\":\"市委书记\",\"number\":\"示巡批〔%d〕%d号\","
            "\"issued_on\":\"%.*s\",\"text\":\"%.*s\",\"receiver\":\"市委巡察办\"}",
            STR_ARG(st->organiser.id), year, number, STR_ARG(rows.cell[0]), STR_ARG(rows.cell[1])));
        Date handled = stage_working(st, date_add_days(day, 14 + (int)stage_draw(st, 16)));
        if (handled > DEMO_TODAY)
            continue;
        stage_day(st, handled);
        TRY(script_dof(st->c, &st->s, USE_INSTRUCTION_CLOSE, &made, NULL,
            "{\"opinion\":\"已按批示办理并报告。\",\"basis\":\"示巡批〔%d〕%d号办理情况报告\"}", year, number));
    }
    return ST_OK;
}

/* --- letters --------------------------------------------------------------------------------------------------- */

typedef struct LetterPlay {
    City *city;
    const Str *cell;
    const CityUnit *u;
    Made letter;
    Date issued, due;
    bool of_discipline;
} LetterPlay;

static void act_as_maker(LetterPlay *l, Date day)
{
    City *city = l->city;
    if (l->of_discipline)
        stage_as(city->st, &city->posts[POST_DISCIPLINE], ROLE_DISCIPLINE, day);
    else
        stage_as(city->st, &city->posts[POST_OFFICE], ROLE_OFFICE, day);
}

static Status issue_letter(LetterPlay *l)
{
    Stage *st = l->city->st;
    const Str *x = l->cell;
    act_as_maker(l, l->issued);
    TRY(script_dof(st->c, &st->s, USE_LETTER_DRAFT, NULL, &l->letter,
        "{\"organiser\":\"%.*s\",\"kind\":\"%.*s\",\"body\":\"%s\",\"maker\":\"%.*s\",\"number\":\"%.*s\",\"unit\":"
        "\"%.*s\",\"subject\":\"%.*s\",\"demand\":\"%.*s\",\"due_on\":\"%.*s\"}",
        STR_ARG(st->organiser.id), STR_ARG(x[1]), l->of_discipline ? "discipline" : "office", STR_ARG(x[0]),
        STR_ARG(x[2]), STR_ARG(l->u->made.id), STR_ARG(x[5]), STR_ARG(x[6]), STR_ARG(date_text(st->s.arena, l->due))));
    TRY(script_dof(st->c, &st->s, USE_LETTER_ISSUE, &l->letter, &l->letter, "{}"));
    return l->of_discipline ? ST_OK : stage_paper(st, "letter", l->letter.id, x[5], x[0], "", l->issued);
}

static Status answer_letter(LetterPlay *l)
{
    Stage *st = l->city->st;
    Date received = stage_later(st, l->issued, 1 + (int)stage_draw(st, 2));
    Date replied = stage_working(st, date_add_days(l->due, -2 - (int)stage_draw(st, 5)));
    Str principal = city_principal(l->u, received);
    stage_for(st, principal, received);
    TRY(script_dof(
        st->c, &st->s, USE_LETTER_RECEIVE, &l->letter, &l->letter, "{\"received_by\":\"%.*s\"}", STR_ARG(principal)));
    if (l->cell[8].len == 0)
        return ST_OK;
    stage_for(st, principal, replied > received ? replied : received);
    TRY(script_dof(
        st->c, &st->s, USE_LETTER_REPLY, &l->letter, &l->letter, "{\"reply\":\"%.*s\"}", STR_ARG(l->cell[8])));
    Date closed = stage_later(st, replied > received ? replied : received, 4);
    if (closed > DEMO_TODAY)
        return ST_OK;
    act_as_maker(l, closed);
    return script_dof(st->c, &st->s, USE_LETTER_CLOSE, &l->letter, NULL, "{\"opinion\":\"回复材料齐全，予以办结。\"}");
}

Status city_letter(City *city, const Str *cell)
{
    int64_t days;
    LetterPlay l = { .city = city,
        .cell = cell,
        .u = city_unit(city, cell[4]),
        .issued = demo_date(cell[3]),
        .of_discipline = str_find(cell[0], S("纪委"), 0) != SIZE_MAX };
    if (!l.u || !l.u->registered || !str_to_int(cell[7], &days))
        return fail(city->st->c, ST_BROKEN, "演示数据中的函件有误：%.*s", "a letter of the demo's data is wrong: %.*s",
            STR_ARG(cell[2]));
    l.due = date_add_days(l.issued, (int)days);
    TRY(issue_letter(&l));
    return answer_letter(&l);
}
