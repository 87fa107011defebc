/* The thread that looks whether there is work. */
#include "base_test.h"

#include "base/watch.h"

#include <stdatomic.h>
#include <unistd.h>

typedef struct Looker {
    Watch watch;
    atomic_int looks;
    atomic_bool pauses; /* for an hour, within the next look */
    atomic_bool ended;  /* the pause was */
} Looker;

static void look(void *arg)
{
    Looker *l = arg;
    atomic_fetch_add(&l->looks, 1);
    if (atomic_load(&l->pauses))
        atomic_store(&l->ended, watch_pause(&l->watch, 3600000));
}

static void wait_for_looks(Looker *l, int count)
{
    while (atomic_load(&l->looks) < count)
        usleep(200);
}

static void it_looks_at_once_and_when_it_is_woken(void **state)
{
    (void)state;
    Looker l = { 0 };
    watch_open(&l.watch, WATCH_WHEN_WOKEN, look, &l);
    wait_for_looks(&l, 1);
    for (int i = 2; i <= 20; i++) {
        watch_wake(&l.watch);
        wait_for_looks(&l, i);
    }
    watch_close(&l.watch);
    assert_in_range(atomic_load(&l.looks), 20, 21);
}

static void it_looks_ever_so_often(void **state)
{
    (void)state;
    Looker l = { 0 };
    watch_open(&l.watch, 1, look, &l);
    wait_for_looks(&l, 5);
    watch_close(&l.watch);
}

static void the_end_cuts_a_pause_short(void **state)
{
    (void)state;
    Looker l = { 0 };
    atomic_store(&l.pauses, true);
    watch_open(&l.watch, 3600000, look, &l);
    wait_for_looks(&l, 1);
    watch_wake(&l.watch); /* which does not */
    watch_close(&l.watch);
    assert_true(atomic_load(&l.ended));
    assert_int_equal(atomic_load(&l.looks), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(it_looks_at_once_and_when_it_is_woken),
        cmocka_unit_test(it_looks_ever_so_often), cmocka_unit_test(the_end_cuts_a_pause_short) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
