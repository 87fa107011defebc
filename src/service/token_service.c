/* Bearer tokens for programs: a session that a person opens for a program of his, in one role, up to a day. */
#include "service/inputs.h"
#include "service/services.h"

enum { TOKEN_SIZE = 32, TOKEN_DAYS_MAX = 366 };

static Status check_last_day(Ctx *c, Date last)
{
    if (last >= c->today && last <= date_add_days(c->today, TOKEN_DAYS_MAX))
        return ST_OK;
    return fail_field(c, S("valid_to"), date_text(c->arena, last),
        text_format(c, "应在今天至%d天之内", "must lie between today and %d days on", TOKEN_DAYS_MAX),
        T("到期后可另行签发", "issue another one when it has ended"));
}

/* The midnight after that day. Instants are real where a demonstration's day is pinned, so the days are counted from
 * the pinned one and added to the real. */
static Instant end_of(const Ctx *c, Date day)
{
    int32_t zone = c->env->clock->zone_minutes;
    int64_t days = date_to_days(date_at(c->now, zone)) + 1 + date_days_between(c->today, day);
    return (days * 86400 - (int64_t)zone * 60) * 1000000;
}

static Status keep_token(Ctx *c, const TokenInput *in, Str token)
{
    uint8_t csrf[16];
    StrBuf csrf_hex = strbuf_in(c->arena);
    Digest digest = sm3(c->env->crypto, token.ptr, token.len);
    random_bytes(csrf, sizeof csrf);
    strbuf_add_hex(&csrf_hex, csrf, sizeof csrf);
    return db_run(c, SQL_SESSION_INSERT,
        ARGS(value_bytes(digest.bytes, SM3_SIZE), value_text(c->actor->account),
            value_text(choice_name(&roles, (int32_t)c->actor->role)), value_text(strbuf_str(&csrf_hex)),
            value_text(S("program")), value_instant(c->arena, c->now),
            value_instant(c->arena, end_of(c, in->valid_to))),
        NULL);
}

Status session_token_write(Ctx *c, UseCase *u, Writer *w)
{
    const TokenInput *in = u->input;
    uint8_t token[TOKEN_SIZE];
    StrBuf hex = strbuf_in(c->arena);
    TRY(record_check_required(c, &TokenInput_table, in));
    TRY(check_last_day(c, in->valid_to));
    if (u->by_program)
        return fail(
            c, ST_DENIED, "令牌须由本人登录后签发，程序不能签发", "a token is issued by a person who logged in");
    if (c->actor->role == ROLE_NONE)
        return fail(c, ST_DENIED, "您目前没有有效的角色，不能签发令牌", "you hold no role today");
    random_bytes(token, sizeof token);
    strbuf_add_hex(&hex, token, sizeof token);
    TRY(keep_token(c, in, strbuf_str(&hex)));
    JsonWriter j = json_onto(&u->out);
    json_open_object(&j);
    json_key(&j, S("token"));
    json_text(&j, strbuf_str(&hex));
    json_key(&j, S("role"));
    json_text(&j, choice_name(&roles, (int32_t)c->actor->role));
    json_key(&j, S("valid_to"));
    json_date(&j, in->valid_to);
    json_close_object(&j);
    return audit_note(c, w, str_of(u->op->name), ST_OK, S("accounts"), c->actor->account);
}
