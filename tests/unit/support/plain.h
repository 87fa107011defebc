/* cmocka for tests that need no ledger; base/ctx.h's fail() is kept. */
#ifndef SUPPORT_PLAIN_H
#define SUPPORT_PLAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#pragma push_macro("fail")
#undef fail
#include <cmocka.h>
#undef fail
#pragma pop_macro("fail")

#endif
