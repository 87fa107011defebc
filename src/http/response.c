#include "http/exchange.h"

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text(w, value);
}

static void put_field_error(JsonWriter *w, const FieldError *e)
{
    json_open_object(w);
    put(w, "field", e->field);
    put(w, "value", e->value);
    put(w, "rule", e->rule);
    put(w, "remedy", e->remedy);
    json_close_object(w);
}

void response_problem(Exchange *x)
{
    const Error *err = &x->c.err;
    x->u.out = strbuf_in(x->c.arena);
    x->u.type = "application/problem+json";
    JsonWriter w = json_onto(&x->u.out);
    json_open_object(&w);
    put(&w, "type", S("about:blank"));
    put(&w, "title", str_of(status_name(x->status)));
    json_key(&w, S("status"));
    json_int(&w, status_http(x->status));
    put(&w, "detail", err->message);
    if (err->fields) {
        json_key(&w, S("errors"));
        json_open_list(&w);
        for (const FieldError *e = err->fields; e; e = e->next)
            put_field_error(&w, e);
        json_close_list(&w);
    }
    json_close_object(&w);
}
