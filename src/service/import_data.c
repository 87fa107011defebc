#include "service/import_data.h"

#include "base/embed.h"

EMBED(import_offices, "data/import/offices.json")
EMBED(import_notices, "data/import/notices.json")

size_t import_mapping_count(void)
{
    return 2;
}

Str import_mapping_text(size_t i)
{
    return i == 0 ? EMBEDDED(import_offices) : EMBEDDED(import_notices);
}
