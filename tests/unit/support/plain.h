/* cmocka for tests that need no ledger. Comes first in a test: cmocka's fail is not ours. */
#ifndef SUPPORT_PLAIN_H
#define SUPPORT_PLAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail

#endif
