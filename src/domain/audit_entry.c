#include "domain/audit_entry.h"

static void part(StrBuf *b, Str s)
{
    strbuf_add_int(b, (int64_t)s.len);
    strbuf_addc(b, ':');
    strbuf_add(b, s);
}

Digest audit_seal(Ctx *c, const MacKey *key, const Digest *before, const AuditEntry *e)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_room(&b, 512 + e->values.len);
    strbuf_add(&b, (Str){ (const char *)before->bytes, SM3_SIZE });
    strbuf_add_int(&b, e->seq);
    strbuf_addc(&b, ' ');
    strbuf_add_int(&b, e->at);
    strbuf_addc(&b, ' ');
    strbuf_add_int(&b, e->version);
    const Str parts[] = { e->actor, e->login, e->role, e->operation, e->outcome, e->entity, e->record, e->fields,
        e->values, e->values_key, e->after };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        part(&b, parts[i]);
    return mac(key, b.ptr, b.len);
}

Digest audit_record_digest(Ctx *c, const Entity *entity, const void *record)
{
    return record_digest(c, entity->table, ~(FieldSet)0, record);
}

Str audit_record_text(Ctx *c, const Entity *entity, const void *record)
{
    return record_digest_text(c, entity->table, ~(FieldSet)0, record);
}

static bool is_noise(int index)
{
    return index == Record_version || index == Record_recorded_at;
}

Str audit_values(Ctx *c, const Change *change)
{
    const FieldTable *table = change->entity->table;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    for (int i = 0; i < table->count; i++) {
        if (!(change->changed & FIELD_BIT(i)) || is_noise(i))
            continue;
        json_key(&w, str_of(table->fields[i].name));
        json_open_list(&w);
        if (change->before)
            field_to_json(&w, &table->fields[i], change->before);
        else
            json_null(&w);
        field_to_json(&w, &table->fields[i], change->after);
        json_close_list(&w);
    }
    json_close_object(&w);
    return strbuf_str(&b);
}

Str audit_values_data(Ctx *c, Str entity, Str record, int64_t version)
{
    return str_format(c->arena, "xuncha values %.*s %.*s %lld", STR_ARG(entity), STR_ARG(record), (long long)version);
}

Str audit_field_names(Ctx *c, const Change *change)
{
    const FieldTable *table = change->entity->table;
    StrBuf b = strbuf_in(c->arena);
    for (int i = 0; i < table->count; i++)
        if ((change->changed & FIELD_BIT(i)) && !is_noise(i)) {
            strbuf_add(&b, b.len ? S(" ") : STR_NONE);
            strbuf_add(&b, str_of(table->fields[i].name));
        }
    return strbuf_str(&b);
}
