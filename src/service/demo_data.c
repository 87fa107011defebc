#include "service/demo_data.h"

#include "base/embed.h"

#define X(N, name) EMBED(demo_##name, "data/demo/" #name ".tsv")
DEMO_TABLE_LIST(X)
#undef X

DemoRows demo_rows_of(DemoTable table)
{
    switch (table) {
#define X(N, name) \
    case DEMO_##N: \
        return (DemoRows){ .rest = EMBEDDED(demo_##name) };
        DEMO_TABLE_LIST(X)
#undef X
    }
    return (DemoRows){ .rest = STR_NONE };
}

bool demo_rows_next(DemoRows *rows)
{
    Str line;
    if (rows->rest.len == 0 || !str_cut(&rows->rest, '\n', &line))
        return false;
    for (int i = 0; i < DEMO_COLUMNS_MAX; i++)
        if (!line.len || !str_cut(&line, '\t', &rows->cell[i]))
            rows->cell[i] = STR_NONE;
    return true;
}

Date demo_date(Str cell)
{
    Date day = DATE_NONE;
    return date_parse(cell, &day) ? day : DATE_NONE;
}
