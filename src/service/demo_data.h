/* The invented content of the demo city (data/demo/, its README names the columns), taken into the program. */
#ifndef SERVICE_DEMO_DATA_H
#define SERVICE_DEMO_DATA_H

#include "base/str.h"

typedef enum DemoTable { DEMO_REGISTERS, DEMO_INSTRUCTIONS, DEMO_TABLES } DemoTable;
enum { DEMO_COLUMNS_MAX = 12 };

typedef struct DemoRows {
    Str rest;
    Str cell[DEMO_COLUMNS_MAX]; /* of the present row; empty ones beyond its end */
} DemoRows;

DemoRows demo_rows_of(DemoTable table);
/* The next row; false after the last one. */
bool demo_rows_next(DemoRows *rows);

#endif
