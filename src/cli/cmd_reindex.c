/* reindex: the search index, made anew or brought up to date. */
#include "cli/command.h"

#include "service/search_work.h"

#include <stdio.h>
#include <unistd.h>

static void show_progress(int64_t done, int64_t left, void *arg)
{
    const Invocation *in = arg;
    fprintf(stderr,
        in->c->lang == LANG_ZH ? "\r已收录%lld条，尚余%lld条    " : "\r%lld records taken in, %lld left    ",
        (long long)done, (long long)left);
}

typedef struct Told {
    Invocation *in;
    int64_t done;
    bool shown;
} Told;

static void tell(int64_t done, int64_t left, void *arg)
{
    Told *t = arg;
    t->done = done;
    if (t->shown)
        show_progress(done, left, t->in);
}

Status cmd_reindex(Invocation *in)
{
    App *app;
    Told told = { in, 0, isatty(STDERR_FILENO) != 0 };
    TRY(open_app(in, true, false, &app));
    int64_t began = clock_ticks_ms();
    Status status = search_work(in->c, app, !option_flag(&in->options, "behind"), tell, &told);
    app_close(app);
    if (told.shown)
        fputc('\n', stderr);
    TRY(status);
    say(in, "检索索引已是最新：本次收录%lld条记录（%.1f秒）。",
        "the search index is up to date: %lld records taken in (%.1f s).", (long long)told.done,
        (double)(clock_ticks_ms() - began) / 1000);
    return ST_OK;
}
