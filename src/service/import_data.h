/* The mappings that the program brings (data/import/): what files of offices and of public notices call things. */
#ifndef SERVICE_IMPORT_DATA_H
#define SERVICE_IMPORT_DATA_H

#include "base/str.h"

size_t import_mapping_count(void);
Str import_mapping_text(size_t i);

#endif
