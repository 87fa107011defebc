#include "base_test.h"

#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* Everything that log_line() wrote to a pipe, as far as it fits. */
static Str read_back(Arena *arena, int fd)
{
    enum { ROOM = 64 * 1024 };
    char *text = arena_alloc(arena, ROOM);
    ssize_t len = read(fd, text, ROOM);
    return (Str){ text, len > 0 ? (size_t)len : 0 };
}

static void lines_are_written_by_level(void **state)
{
    static const struct {
        LogLevel limit, level;
        bool written;
    } rows[] = {
        { LOG_ERROR, LOG_ERROR, true },
        { LOG_ERROR, LOG_WARN, false },
        { LOG_INFO, LOG_WARN, true },
        { LOG_INFO, LOG_INFO, true },
        { LOG_INFO, LOG_DEBUG, false },
        { LOG_DEBUG, LOG_DEBUG, true },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        log_line(&(Log){ ends[1], rows[i].limit }, rows[i].level, "op=%s ms=%d", "finding.add", 4);
        close(ends[1]);
        assert_str_equal(read_back(fx->arena, ends[0]), rows[i].written ? S("op=finding.add ms=4\n") : S(""));
        close(ends[0]);
    }
    log_line(NULL, LOG_ERROR, "op=nowhere"); /* a program without a log says nothing */
}

static void one_event_stays_one_line(void **state)
{
    BaseFixture *fx = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    log_line(&(Log){ ends[1], LOG_INFO }, LOG_INFO, "actor=%s", "x\nop=forged\r\t\x1b[1m\x7f 张伟");
    close(ends[1]);
    assert_str_equal(read_back(fx->arena, ends[0]), S("actor=x?op=forged???[1m? 张伟\n"));
    close(ends[0]);
}

static void long_lines_are_cut_between_characters(void **state)
{
    BaseFixture *fx = *state;
    for (int shift = 0; shift < 3; shift++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        StrBuf b = strbuf_in(fx->arena);
        for (int i = 0; i < 1000; i++)
            strbuf_add(&b, S("整"));
        log_line(&(Log){ ends[1], LOG_INFO }, LOG_INFO, "%.*s%s", shift, "ab", b.ptr);
        close(ends[1]);
        Str line = read_back(fx->arena, ends[0]);
        assert_true(line.len > 2000 && line.len <= 2048);
        assert_true(str_is_text(line));
        assert_true(str_ends(line, S("整\n")));
        close(ends[0]);
    }
}

static void a_log_that_cannot_be_written_is_no_failure(void **state)
{
    (void)state;
    errno = 77;
    log_line(&(Log){ -1, LOG_INFO }, LOG_INFO, "op=x");
    assert_int_equal(errno, 77);
}

enum { WRITERS = 4, LINES_EACH = 200 };

static void *write_lines(void *log)
{
    for (int i = 0; i < LINES_EACH; i++)
        log_line(log, LOG_INFO, "op=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
    BaseFixture *fx = *state;
    pthread_t threads[WRITERS];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Log log = { ends[1], LOG_INFO };
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, &log), 0);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    close(ends[1]);
    Str text = read_back(fx->arena, ends[0]), line;
    size_t lines = 0;
    for (; str_cut(&text, '\n', &line); lines++)
        assert_str_equal(line, S("op=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    assert_int_equal(lines, WRITERS * LINES_EACH);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CTX(lines_are_written_by_level),
        WITH_CTX(one_event_stays_one_line),
        WITH_CTX(long_lines_are_cut_between_characters),
        WITH_CTX(a_log_that_cannot_be_written_is_no_failure),
        WITH_CTX(lines_of_threads_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
