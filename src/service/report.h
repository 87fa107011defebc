/* The five-year report as plain text, for the paper that is made of it. */
#ifndef SERVICE_REPORT_H
#define SERVICE_REPORT_H

#include "insight/indicator.h"

typedef struct ReportChapter {
    Str title;
    Str *paragraphs;
    size_t count;
} ReportChapter;
typedef struct Report {
    Str title;
    ReportChapter *chapters;
    size_t count;
} Report;

/* Its figures as of the wish's day, for this reader; 〔未建账〕 where the records come later. */
Status report_read(Ctx *c, const FigureWish *wish, Report *out) MUST_CHECK;

#endif
