/* Official papers: their numbers, secrecy, check codes, and what may become of them. */
#include "../base/base_test.h"

#include "base/crypto.h"
#include "domain/document.h"
#include "domain/letter.h"

#include <string.h>

typedef struct PaperFixture {
    BaseFixture *base;
    Crypto *crypto;
    Ids *ids;
    Actor actor;
    Ctx *c;
    Changes changes;
} PaperFixture;

static int set_up(void **state)
{
    PaperFixture *fx = calloc(1, sizeof *fx);
    if (!fx || base_set_up((void **)&fx->base) != 0)
        return -1;
    fx->crypto = crypto_open();
    fx->ids = ids_open_seeded(1);
    fx->base->env.crypto = fx->crypto;
    fx->base->env.ids = fx->ids;
    fx->actor = (Actor){ .name = S("张三"), .person = S("01arz3ndektsv4rrffq69g5fav"), .role = ROLE_OFFICE };
    fx->c = &fx->base->c;
    fx->c->actor = &fx->actor;
    fx->c->today = date_of(2021, 10, 31);
    fx->changes = changes_of(fx->c);
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    PaperFixture *fx = *state;
    base_tear_down((void **)&fx->base);
    ids_close(fx->ids);
    crypto_close(fx->crypto);
    free(fx);
    return 0;
}

#define WITH_PAPERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Each row of a table begins without what the one before left. */
static void begin_row(PaperFixture *fx)
{
    ctx_forgive(fx->c);
    fx->changes = changes_of(fx->c);
}

static bool names_field(const Ctx *c, const char *field)
{
    const FieldError *e = c->err.fields;
    return e && str_eq(e->field, str_of(field)) && e->rule.len && e->remedy.len;
}

static const void *changed(const PaperFixture *fx, EntityKind kind)
{
    for (const Change *ch = fx->changes.first; ch; ch = ch->next)
        if (ch->entity->kind == kind)
            return ch->after;
    return NULL;
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static void numbers_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *number, *series;
        int64_t year, serial; /* 0: no number of this shape */
    } rows[] = { { "襄巡办〔2026〕5号", "襄巡办", 2026, 5 }, { "襄巡办[2026]5号", "襄巡办", 2026, 5 },
        { "襄巡办（2026）5号", "襄巡办", 2026, 5 }, { "襄巡办(2026)5号", "襄巡办", 2026, 5 },
        { "襄巡办〔2026〕第12号", "襄巡办", 2026, 12 }, { " 襄巡办 〔1900〕1号", "襄巡办", 1900, 1 },
        { "襄巡办〔9999〕1号", "襄巡办", 9999, 1 }, { "襄巡办〔2026〕5", "", 0, 0 }, { "襄巡办2026年5号", "", 0, 0 },
        { "襄巡办〔1899〕5号", "", 0, 0 }, { "襄巡办〔10000〕5号", "", 0, 0 }, { "襄巡办〔26年〕5号", "", 0, 0 },
        { "襄巡办〔2026〕0号", "", 0, 0 }, { "襄巡办〔2026〕-5号", "", 0, 0 }, { "襄巡办〔2026〕五号", "", 0, 0 },
        { "襄巡办〔2026〕号", "", 0, 0 }, { "襄巡办〔〕5号", "", 0, 0 }, { "〔2026〕5号", "", 0, 0 },
        { "襄巡办〕2026〔5号", "", 0, 0 }, { "襄巡办〔2026）5号", "", 0, 0 }, { "号", "", 0, 0 }, { "", "", 0, 0 } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Str series = STR_NONE;
        int64_t year = 0, serial = 0;
        bool read = document_number_read(str_of(rows[i].number), &series, &year, &serial);
        row_holds(read == (rows[i].serial > 0), "%s", rows[i].number);
        row_holds(!read || (str_eq(series, str_of(rows[i].series)) && year == rows[i].year && serial == rows[i].serial),
            "%s", rows[i].number);
    }
}

static void numbers_are_written(void **state)
{
    PaperFixture *fx = *state;
    Str series, text = document_number_text(fx->base->arena, S("襄巡办"), 2026, 5);
    int64_t year, serial;
    assert_str_equal(text, S("襄巡办〔2026〕5号"));
    assert_true(document_number_read(text, &series, &year, &serial));
    assert_str_equal(series, S("襄巡办"));
    assert_int_equal(year, 2026);
    assert_int_equal(serial, 5);
}

/* --- secrecy ------------------------------------------------------------------------------------------------------ */

#define NO_TERM INT64_MIN
static Int term_of(int64_t months)
{
    return (Int){ months, months != NO_TERM };
}

static void secrecy_is_marked(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        int32_t secrecy;
        int64_t months;
        const char *text;
    } rows[] = { { SECRECY_NONE, NO_TERM, "" }, { SECRECY_INTERNAL, NO_TERM, "内部" },
        { SECRECY_SECRET, NO_TERM, "秘密★" }, { SECRECY_SECRET, 6, "秘密★6个月" },
        { SECRECY_CONFIDENTIAL, 120, "机密★10年" }, { SECRECY_CONFIDENTIAL, 12, "机密★1年" },
        { SECRECY_TOP, 360, "绝密★30年" } };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_str_equal(
            document_secrecy_text(fx->base->arena, rows[i].secrecy, term_of(rows[i].months)), str_of(rows[i].text));
}

static Document paper(void)
{
    return (Document){ .organiser = S("01arz3ndektsv4rrffq69g5f00"),
        .kind = DOCUMENT_REPORT,
        .title = S("五年巡察工作报告"),
        .maker = S("中共示例市委巡察工作领导小组办公室"),
        .dated_on = date_of(2021, 10, 20) };
}

static void secrecy_has_terms_and_a_ceiling(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        int32_t secrecy, ceiling;
        int64_t months;
        const char *wrong; /* the field that is told; NULL: accepted */
    } rows[] = {
        { SECRECY_NONE, SECRECY_NONE, NO_TERM, NULL },
        { SECRECY_INTERNAL, SECRECY_INTERNAL, NO_TERM, NULL },
        { SECRECY_INTERNAL, SECRECY_NONE, NO_TERM, "secrecy" },
        { SECRECY_INTERNAL, SECRECY_INTERNAL, 12, "secrecy_months" },
        { SECRECY_NONE, SECRECY_INTERNAL, 12, "secrecy_months" },
        { SECRECY_SECRET, SECRECY_INTERNAL, NO_TERM, "secrecy" },
        { SECRECY_SECRET, SECRECY_SECRET, NO_TERM, NULL },
        { SECRECY_SECRET, SECRECY_SECRET, 6, NULL },
        { SECRECY_SECRET, SECRECY_SECRET, 11, NULL },
        { SECRECY_SECRET, SECRECY_SECRET, 12, NULL },
        { SECRECY_SECRET, SECRECY_SECRET, 13, "secrecy_months" },
        { SECRECY_SECRET, SECRECY_SECRET, 0, "secrecy_months" },
        { SECRECY_SECRET, SECRECY_SECRET, -12, "secrecy_months" },
        { SECRECY_SECRET, SECRECY_SECRET, 120, NULL },
        { SECRECY_SECRET, SECRECY_SECRET, 132, "secrecy_months" },
        { SECRECY_CONFIDENTIAL, SECRECY_SECRET, 120, "secrecy" },
        { SECRECY_CONFIDENTIAL, SECRECY_TOP, 240, NULL },
        { SECRECY_CONFIDENTIAL, SECRECY_TOP, 252, "secrecy_months" },
        { SECRECY_TOP, SECRECY_TOP, 360, NULL },
        { SECRECY_TOP, SECRECY_TOP, 372, "secrecy_months" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Document input = paper();
        input.secrecy = rows[i].secrecy;
        input.secrecy_months = term_of(rows[i].months);
        begin_row(fx);
        Status status =
            document_draft(fx->c, NULL, NULL, &(SecrecyBounds){ .most = rows[i].ceiling }, &input, &fx->changes);
        row_holds(status == (rows[i].wrong ? ST_INVALID : ST_OK), "%zu", i);
        row_holds(!rows[i].wrong || names_field(fx->c, rows[i].wrong), "%zu", i);
        row_holds(!rows[i].wrong || !fx->changes.first, "%zu", i);
    }
}

/* --- check codes -------------------------------------------------------------------------------------------------- */

static void codes_are_stable(void **state)
{
    PaperFixture *fx = *state;
    Str id = S("01arz3ndektsv4rrffq69g5fav"), code = document_code(fx->c, id);
    assert_str_equal(document_code(fx->c, id), code);
    assert_int_equal(code.len, 14);
    assert_true(code.ptr[4] == '-' && code.ptr[9] == '-');
    for (size_t i = 0; i < code.len; i++)
        assert_true(i == 4 || i == 9 || strchr("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", code.ptr[i]));
    assert_false(str_eq(document_code(fx->c, S("01arz3ndektsv4rrffq69g5faw")), code));
    assert_str_equal(document_code_read(fx->base->arena, code), code);
    /* printed papers carry it: another way to make it would leave them unknown */
    assert_str_equal(code, S("RAE7-QCZZ-QDMP"));
}

static void codes_are_read_as_typed(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        const char *typed, *code; /* "": none */
    } rows[] = { { "2345-6789-ABCD", "2345-6789-ABCD" }, { "23456789abcd", "2345-6789-ABCD" },
        { " 2345 6789 abcd ", "2345-6789-ABCD" }, { "2-3-4-5-6-7-8-9-a-b-c-d", "2345-6789-ABCD" },
        { "0345-6789-ABCD", "" }, { "1345-6789-ABCD", "" }, { "O345-6789-ABCD", "" }, { "I345-6789-ABCD", "" },
        { "o345-6789-ABCD", "" }, { "i345-6789-ABCD", "" }, { "2345-6789-ABC", "" }, { "2345-6789-ABCDE", "" },
        { "2345_6789_ABCD", "" }, { "校验码", "" }, { "", "" } };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_str_equal(document_code_read(fx->base->arena, str_of(rows[i].typed)), str_of(rows[i].code));
    assert_str_equal(document_code_read(fx->base->arena, (Str){ "2345\0006789ABC", 12 }), STR_NONE);
}

/* --- drafts ------------------------------------------------------------------------------------------------------- */

static const Document *drafted(PaperFixture *fx, const Document *input)
{
    begin_row(fx);
    assert_int_equal(
        document_draft(fx->c, NULL, NULL, &(SecrecyBounds){ .most = SECRECY_TOP }, input, &fx->changes), ST_OK);
    const Document *d = changed(fx, ENTITY_DOCUMENT);
    assert_non_null(d);
    begin_row(fx);
    return d;
}

static void drafts_know_their_code(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper();
    const Document *d = drafted(fx, &input);
    assert_int_equal(d->state, DOCUMENT_STATE_DRAFT);
    assert_str_equal(d->code, document_code(fx->c, d->id));
    assert_int_equal(d->number.len, 0);
}

static void what_is_missing_is_told(void **state)
{
    PaperFixture *fx = *state;
    Document input = { .kind = DOCUMENT_REPORT };
    assert_int_equal(
        document_draft(fx->c, NULL, NULL, &(SecrecyBounds){ .most = SECRECY_TOP }, &input, &fx->changes), ST_INVALID);
    for (size_t i = 0; i < 4; i++) {
        static const char *const wanted[] = { "organiser", "title", "maker", "dated_on" };
        bool told = false;
        for (const FieldError *e = fx->c->err.fields; e; e = e->next)
            told |= str_eq(e->field, str_of(wanted[i]));
        row_holds(told, "%s", wanted[i]);
    }
    static const char *const marks[] = { "巡办〔2021〕", "巡办5号" };
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        begin_row(fx);
        input = paper();
        input.series = str_of(marks[i]);
        row_holds(document_draft(fx->c, NULL, NULL, &(SecrecyBounds){ .most = SECRECY_TOP }, &input, &fx->changes) ==
                          ST_INVALID &&
                      names_field(fx->c, "series"),
            "%s", marks[i]);
    }
}

static void the_record_is_the_organisers(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper();
    Letter letter = { .id = S("01arz3ndektsv4rrffq69g5f01"), .organiser = S("01arz3ndektsv4rrffq69g5f99") };
    input.kind = DOCUMENT_LETTER;
    assert_int_equal(document_draft(fx->c, entity_of(ENTITY_LETTER), &letter, &(SecrecyBounds){ .most = SECRECY_TOP },
                         &input, &fx->changes),
        ST_INVALID);
    assert_true(names_field(fx->c, "record"));
    begin_row(fx);
    letter.organiser = input.organiser;
    letter.unit = S("01arz3ndektsv4rrffq69g5f02");
    assert_int_equal(document_draft(fx->c, entity_of(ENTITY_LETTER), &letter, &(SecrecyBounds){ .most = SECRECY_TOP },
                         &input, &fx->changes),
        ST_OK);
    assert_str_equal(((const Document *)changed(fx, ENTITY_DOCUMENT))->unit, letter.unit);
}

static void drafts_are_edited_issued_papers_not(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper(), other = { .title = S("另一标题") };
    Document before = *drafted(fx, &input);
    FieldSet title = FIELD_BIT(Document_title);
    assert_int_equal(
        document_edit(fx->c, &before, &(SecrecyBounds){ .most = SECRECY_TOP }, &other, title, &fx->changes), ST_OK);
    assert_str_equal(((const Document *)changed(fx, ENTITY_DOCUMENT))->title, other.title);
    assert_str_equal(((const Document *)changed(fx, ENTITY_DOCUMENT))->maker, input.maker);
    static const int32_t closed[] = { DOCUMENT_STATE_ISSUED, DOCUMENT_STATE_VOID };
    for (size_t i = 0; i < COUNT_OF(closed); i++) {
        begin_row(fx);
        before.state = closed[i];
        assert_int_equal(
            document_edit(fx->c, &before, &(SecrecyBounds){ .most = SECRECY_TOP }, &other, title, &fx->changes),
            ST_CONFLICT);
        assert_null(fx->changes.first);
    }
}

/* --- numbers given ------------------------------------------------------------------------------------------------ */

static void numbers_are_given(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        DocumentKind kind;
        const char *series, *own;
        bool taken;
        int64_t last;
        const char *number; /* NULL: refused */
        int64_t year, serial;
    } rows[] = {
        { DOCUMENT_REPORT, "", "", false, 0, "巡报〔2021〕1号", 2021, 1 },
        { DOCUMENT_REPORT, "", "", false, 41, "巡报〔2021〕42号", 2021, 42 },
        { DOCUMENT_REPORT, "襄巡办", "", false, 7, "襄巡办〔2021〕8号", 2021, 8 },
        { DOCUMENT_LETTER, "襄巡办", "督〔2020〕3号", false, 7, "督〔2020〕3号", 2020, 3 },
        { DOCUMENT_LETTER, "", "督[2020]第3号", false, 7, "督[2020]第3号", 2020, 3 },
        { DOCUMENT_LETTER, "", "督字第七号", false, 7, "督字第七号", 0, 0 },
        { DOCUMENT_LETTER, "", "督〔2020〕3号", true, 7, NULL, 0, 0 },
        { DOCUMENT_PAPER, "", "3-2-1-012", false, 7, "3-2-1-012", 0, 0 },
        { DOCUMENT_ANNOUNCEMENT, "", "", false, 7, "", 0, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Document input = paper(), now, after;
        input.series = str_of(rows[i].series);
        now = *drafted(fx, &input);
        now.kind = (int32_t)rows[i].kind;
        DocumentNumbering numbering = { .own = str_of(rows[i].own), .taken = rows[i].taken, .last = rows[i].last };
        MoveInput move = { .reason = STR_NONE };
        Status status = document_issue(fx->c, &now, &numbering, &move, &after, &fx->changes);
        if (!rows[i].number) {
            row_holds(status == ST_CONFLICT && names_field(fx->c, "number"), "%zu", i);
            continue;
        }
        row_holds(status == ST_OK, "%zu: %.*s", i, STR_ARG(fx->c->err.message));
        assert_str_equal(after.number, str_of(rows[i].number));
        assert_int_equal(after.state, DOCUMENT_STATE_ISSUED);
        assert_str_equal(after.issued_by, S("张三"));
        row_holds(after.serial.known == (rows[i].serial > 0) && after.year.known == (rows[i].year > 0), "%zu", i);
        row_holds(!after.serial.known || (after.serial.value == rows[i].serial && after.year.value == rows[i].year),
            "%zu", i);
    }
}

static void days_of_issue(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper(); /* of 2021-10-20; today is 2021-10-31 */
    const struct {
        Date day, issued;
        bool accepted;
    } rows[] = { { 0, date_of(2021, 10, 31), true }, { date_of(2021, 10, 20), date_of(2021, 10, 20), true },
        { date_of(2021, 10, 25), date_of(2021, 10, 25), true }, { date_of(2021, 10, 19), 0, false },
        { date_of(2021, 11, 1), 0, false } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Document *now = drafted(fx, &input);
        Document after;
        DocumentNumbering numbering = { .last = 0 };
        MoveInput move = { .effective_on = rows[i].day };
        Status status = document_issue(fx->c, now, &numbering, &move, &after, &fx->changes);
        row_holds(status == (rows[i].accepted ? ST_OK : ST_INVALID), "%zu", i);
        row_holds(rows[i].accepted ? after.issued_on == rows[i].issued : names_field(fx->c, "effective_on"), "%zu", i);
    }
}

/* A draft that is dated later than today cannot go out today. */
static void no_paper_before_its_date(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper(), after;
    input.dated_on = date_of(2021, 11, 5);
    DocumentNumbering numbering = { .last = 0 };
    MoveInput move = { .reason = STR_NONE };
    const Document *now = drafted(fx, &input);
    assert_int_equal(document_issue(fx->c, now, &numbering, &move, &after, &fx->changes), ST_INVALID);
    assert_true(names_field(fx->c, "effective_on"));
}

/* Signed by hand: the scan hangs on the draft, and the number of the paper and who signed are told. */
static void signed_on_paper(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        int64_t scans;
        const char *paper_no, *signer, *wrong;
    } rows[] = { { 0, "2021-7", "李书记", "means" }, { 1, "", "李书记", "paper_no" },
        { 1, "2021-7", "", "on_behalf_of" }, { 1, "2021-7", "李书记", NULL } };
    Document input = paper();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Document now = *drafted(fx, &input), after;
        DocumentNumbering numbering = { .scans = rows[i].scans };
        MoveInput move = {
            .means = MEANS_INK, .paper_no = str_of(rows[i].paper_no), .on_behalf_of = str_of(rows[i].signer)
        };
        Status status = document_issue(fx->c, &now, &numbering, &move, &after, &fx->changes);
        if (status == ST_OK)
            status = document_keep(fx->c, &now, &after, S("docx"), S("文"), &move, &fx->changes);
        row_holds((status == ST_OK) == !rows[i].wrong, "%zu", i);
        row_holds(!rows[i].wrong || names_field(fx->c, rows[i].wrong), "%zu", i);
    }
    const Signature *s = changed(fx, ENTITY_SIGNATURE);
    assert_non_null(s);
    assert_int_equal(s->means, MEANS_INK);
    assert_str_equal(s->person_name, S("李书记"));
}

/* What goes out is kept byte for byte, under digests of file and text. */
static void the_file_is_kept(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper(), now = *drafted(fx, &input), after;
    DocumentNumbering numbering = { .last = 0 };
    MoveInput move = { .reason = STR_NONE };
    assert_int_equal(document_issue(fx->c, &now, &numbering, &move, &after, &fx->changes), ST_OK);
    assert_int_equal(document_keep(fx->c, &now, &after, S("docx bytes"), S("全文"), &move, &fx->changes), ST_OK);
    const DocumentFile *file = changed(fx, ENTITY_DOCUMENT_FILE);
    assert_str_equal(file->document, now.id);
    assert_str_equal(file->docx, S("docx bytes"));
    assert_str_equal(file->text, S("全文"));
    assert_int_equal(after.digest.len, 64);
    assert_int_equal(after.text_digest.len, 64);
    assert_int_equal(after.size.value, 10);
    const Signature *s = changed(fx, ENTITY_SIGNATURE);
    assert_str_equal(s->text_digest, after.text_digest);
    assert_ptr_equal(fx->changes.result->after, changed(fx, ENTITY_DOCUMENT));
}

static void void_papers_keep_their_number(void **state)
{
    PaperFixture *fx = *state;
    Document input = paper(), now = *drafted(fx, &input);
    MoveInput move = { .reason = STR_NONE };
    now.state = DOCUMENT_STATE_ISSUED;
    now.number = S("巡报〔2021〕1号");
    now.serial = INT_OF(1);
    assert_int_equal(document_void(fx->c, &now, &move, &fx->changes), ST_INVALID);
    assert_true(names_field(fx->c, "reason"));
    begin_row(fx);
    move.reason = S("内容有误");
    assert_int_equal(document_void(fx->c, &now, &move, &fx->changes), ST_OK);
    const Document *after = changed(fx, ENTITY_DOCUMENT);
    assert_int_equal(after->state, DOCUMENT_STATE_VOID);
    assert_str_equal(after->number, now.number);
    assert_int_equal(after->serial.value, 1);
    assert_str_equal(after->void_because, move.reason);
    begin_row(fx);
    now = *after;
    Document again;
    DocumentNumbering numbering = { .last = 1 };
    assert_int_equal(document_issue(fx->c, &now, &numbering, &move, &again, &fx->changes), ST_CONFLICT);
    begin_row(fx);
    assert_int_equal(document_void(fx->c, &now, &move, &fx->changes), ST_CONFLICT);
}

/* --- templates ---------------------------------------------------------------------------------------------------- */

static DocumentTemplate own_template(PaperFixture *fx, int32_t template_state)
{
    return (DocumentTemplate){ .id = id_new(fx->c),
        .version = INT_OF(1),
        .organiser = S("01arz3ndektsv4rrffq69g5f00"),
        .kind = DOCUMENT_NOTICE,
        .title = S("本市格式"),
        .state = template_state };
}

static void one_template_in_force(void **state)
{
    PaperFixture *fx = *state;
    DocumentTemplate now = own_template(fx, TEMPLATE_DRAFT);
    DocumentTemplate others[] = { own_template(fx, TEMPLATE_IN_FORCE), own_template(fx, TEMPLATE_IN_FORCE), now };
    MoveInput move = { .reason = STR_NONE };
    assert_int_equal(document_template_enforce(fx->c, &now, others, COUNT_OF(others), &move, &fx->changes), ST_OK);
    assert_int_equal(fx->changes.count, 3);
    for (const Change *ch = fx->changes.first; ch; ch = ch->next) {
        const DocumentTemplate *t = ch->after;
        bool itself = str_eq(t->id, now.id);
        assert_int_equal(t->state, itself ? TEMPLATE_IN_FORCE : TEMPLATE_RETIRED);
        assert_int_equal(itself ? t->in_force_on : t->retired_on, fx->c->today);
    }
    assert_str_equal(record_id(fx->changes.result->after), now.id);
    static const int32_t done[] = { TEMPLATE_IN_FORCE, TEMPLATE_RETIRED };
    for (size_t i = 0; i < COUNT_OF(done); i++) {
        begin_row(fx);
        now.state = done[i];
        assert_int_equal(document_template_enforce(fx->c, &now, NULL, 0, &move, &fx->changes), ST_CONFLICT);
    }
}

static void templates_are_retired(void **state)
{
    PaperFixture *fx = *state;
    static const struct {
        int32_t state;
        Status status;
    } rows[] = { { TEMPLATE_DRAFT, ST_OK }, { TEMPLATE_IN_FORCE, ST_OK }, { TEMPLATE_RETIRED, ST_CONFLICT } };
    MoveInput move = { .reason = STR_NONE };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        begin_row(fx);
        DocumentTemplate now = own_template(fx, rows[i].state);
        assert_int_equal(document_template_retire(fx->c, &now, &move, &fx->changes), rows[i].status);
        assert_true(rows[i].status != ST_OK ||
                    ((const DocumentTemplate *)changed(fx, ENTITY_DOCUMENT_TEMPLATE))->state == TEMPLATE_RETIRED);
    }
}

/* Every kind has its rule, and its fields are of its record. */
static void kinds_have_rules(void **state)
{
    (void)state;
    for (int kind = DOCUMENT_KIND_NONE + 1; kind < DOCUMENT_KIND_COUNT; kind++) {
        const DocumentRule *rule = document_rule((DocumentKind)kind);
        row_holds(rule->series != NULL, "%d", kind);
        row_holds(!rule->numbered || strlen(rule->series) > 0, "%d", kind);
        row_holds(rule->subject || (rule->own_number < 0 && rule->date < 0 && !rule->to_unit), "%d", kind);
        if (!rule->subject)
            continue;
        const Entity *e = entity_of(rule->subject);
        row_holds(rule->own_number < 0 || e->table->fields[rule->own_number].type == FT_TEXT, "%d", kind);
        row_holds(rule->date < 0 || e->table->fields[rule->date].type == FT_DATE, "%d", kind);
        row_holds(!rule->to_unit || e->scope.unit >= 0, "%d", kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        WITH_PAPERS(numbers_are_written),
        WITH_PAPERS(secrecy_is_marked),
        WITH_PAPERS(secrecy_has_terms_and_a_ceiling),
        WITH_PAPERS(codes_are_stable),
        WITH_PAPERS(codes_are_read_as_typed),
        WITH_PAPERS(drafts_know_their_code),
        WITH_PAPERS(what_is_missing_is_told),
        WITH_PAPERS(the_record_is_the_organisers),
        WITH_PAPERS(drafts_are_edited_issued_papers_not),
        WITH_PAPERS(numbers_are_given),
        WITH_PAPERS(days_of_issue),
        WITH_PAPERS(no_paper_before_its_date),
        WITH_PAPERS(signed_on_paper),
        WITH_PAPERS(the_file_is_kept),
        WITH_PAPERS(void_papers_keep_their_number),
        WITH_PAPERS(one_template_in_force),
        WITH_PAPERS(templates_are_retired),
        cmocka_unit_test(kinds_have_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
