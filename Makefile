# xuncha: build, check, sanitize, fuzz, bench. ./run and ./test install what is missing, then call this.
#
#   make                  the program, with its pages inside: build/xuncha
#   make units            unit tests            make check-style   format, rooms, banned calls, shell scripts
#   make VARIANT=asan …   the same with AddressSanitizer and UBSan; also tsan, clang, fuzz
#   make fuzz-short       each fuzz target for a few seconds         make valgrind   some unit tests under it
#   make bench            ratios, one run, one machine: docs/bench.md

VARIANT ?= plain
ROOMS   := base domain check store search insight document exchange service http cli

ifeq ($(VARIANT),plain)
B := build
else
B := build/$(VARIANT)
endif
GEN := build/gen

PKGS := libmicrohttpd sqlite3 libpq json-c libcrypto libsodium libutf8proc xlsxwriter libzip expat
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

WARN := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wvla -Wformat=2 -Wno-format-nonliteral -Wundef -Wswitch-enum
CFLAGS_plain := -O2
CFLAGS_clang := -O2
CFLAGS_asan  := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan  := -O1 -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_fuzz  := -O1 -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
CC_plain := gcc
CC_clang := clang
CC_asan  := gcc
CC_tsan  := gcc
CC_fuzz  := clang
CC := $(CC_$(VARIANT))

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -g $(CFLAGS_$(VARIANT)) $(WARN) -Isrc -I$(GEN) $(PKG_CFLAGS) -pthread \
             -MMD -MP -fstack-protector-strong -D_FORTIFY_SOURCE=$(if $(filter plain clang,$(VARIANT)),2,0)
LDFLAGS_ALL = $(filter -fsanitize=%,$(CFLAGS_$(VARIANT))) -pthread -Wl,-z,relro,-z,now

# --- sources ------------------------------------------------------------------------------------
room_src = $(sort $(wildcard src/$(1)/*.c))
room_obj = $(patsubst src/%.c,$(B)/obj/%.o,$(call room_src,$(1)))
GEN_OBJ_base  := $(B)/gen/pinyin_table.o
GEN_OBJ_store := $(B)/gen/statements.o
GEN_OBJ_search := $(B)/gen/simplified_table.o
GEN_OBJ_http  := $(B)/gen/assets.o
LIBS := $(patsubst %,$(B)/lib/%.a,cli http service exchange document insight search store check domain base)

.PHONY: all units check-style format objects thread-units valgrind fuzz-rooms fuzz-short bench clean web
all: $(B)/xuncha

# --- made at build time ---------------------------------------------------------------------------
SQL_FILES     := $(sort $(wildcard sql/*.sql))
MIGRATE_FILES := $(sort $(wildcard sql/migrate/*.sql))

build/tools/pinyin build/tools/simplify: build/tools/%: tools/%.c
	@mkdir -p $(@D)
	gcc -std=c17 -O1 -Wall -Wextra -Werror $$(pkg-config --cflags icu-i18n) -o $@ $< $$(pkg-config --libs icu-i18n)
build/tools/%: tools/%.c
	@mkdir -p $(@D)
	gcc -std=c17 -D_GNU_SOURCE -O1 -Wall -Wextra -Werror -o $@ $<
$(GEN)/pinyin_table.c: build/tools/pinyin
	@mkdir -p $(@D)
	build/tools/pinyin > $@.tmp && mv $@.tmp $@
$(GEN)/simplified_table.c: build/tools/simplify
	@mkdir -p $(@D)
	build/tools/simplify > $@.tmp && mv $@.tmp $@
$(GEN)/statements.h: build/tools/sql2c $(SQL_FILES) $(MIGRATE_FILES)
	@mkdir -p $(@D)
	build/tools/sql2c $(GEN)/statements $(SQL_FILES) -- $(MIGRATE_FILES)
$(GEN)/statements.c: $(GEN)/statements.h

# The pages: types from the field tables, then Vite, then compressed copies beside each file.
# One make knows all of it: a second one beside it would build the same files at the same time. Other variants
# take the pages that the plain build made.
ifeq ($(VARIANT),plain)
WEB_SRC := $(shell find web/src web/public web/index.html web/package-lock.json -type f ! -name types.ts 2>/dev/null)
build/tools/types: tools/types.c build/lib/domain.a build/lib/base.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS_ALL) $(PKG_LIBS)
build/web.stamp: $(WEB_SRC) build/tools/types
	@mkdir -p $(@D) web/src/api
	build/tools/types > web/src/api/types.ts
	cd web && npm run --silent build
	find web/dist -type f \( -name '*.js' -o -name '*.css' -o -name '*.html' -o -name '*.svg' \) \
	    -exec gzip -9 -k -f {} \; -exec brotli -q 11 -k -f {} \;
	@touch $@
endif
$(GEN)/assets.c: build/tools/embed build/web.stamp
	@mkdir -p $(@D)
	build/tools/embed $@ web/dist
web: build/web.stamp

# The shipped templates of papers: readable texts made into Word files.
build/templates.stamp: tools/templates.mjs $(wildcard data/documents/*.txt)
	@mkdir -p build/templates
	node tools/templates.mjs data/documents build/templates
	@touch $@

# --- objects ---------------------------------------------------------------------------------------
$(B)/obj/%.o: src/%.c | $(GEN)/statements.h
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(B)/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(B)/obj/service/default_rules.o: rules/city-2017.json
$(B)/obj/service/report_service.o: data/report/five-year.json
$(B)/obj/service/document_fill.o: build/templates.stamp
$(B)/obj/service/document_answer.o: data/documents/fonts.conf
$(B)/obj/service/form_service.o: $(wildcard data/forms/*.json)
$(B)/obj/service/import_data.o: $(wildcard data/import/*.json)
$(B)/obj/service/demo_data.o: $(wildcard data/demo/*.tsv)

define room_lib
$(B)/lib/$(1).a: $(call room_obj,$(1)) $(GEN_OBJ_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call room_lib,$(room))))

# --- unit tests: a room's tests link that room and those it may include ---------------------------------
NEEDS_base    := base
NEEDS_domain  := domain base
NEEDS_store   := store domain base
NEEDS_search  := search store domain base
NEEDS_insight := insight store domain base
NEEDS_document := document domain base
NEEDS_exchange := exchange base
NEEDS_check   := check base
NEEDS_service := service exchange document insight search store check domain base
NEEDS_http    := http service exchange document insight search store check domain base
UNIT_SRC  := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BINS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(UNIT_SRC))
SUPPORT_OBJ = $(patsubst tests/unit/support/%.c,$(B)/unit/support/%.o,$(wildcard tests/unit/support/*.c))

$(B)/unit/support/%.o: tests/unit/support/%.c | $(GEN)/statements.h
	@mkdir -p $(@D)
	@echo '  CC $<'
	@$(CC) $(ALL_CFLAGS) -Itests/unit -c -o $@ $<
.SECONDEXPANSION:
$(UNIT_BINS): $(B)/unit/%: tests/unit/%.c $$(if $$(filter base domain document exchange check insight,$$(firstword $$(subst /, ,$$*))),,$(SUPPORT_OBJ)) \
              $$(foreach r,$$(NEEDS_$$(firstword $$(subst /, ,$$*))),$(B)/lib/$$(r).a)
	@mkdir -p $(@D)
	@echo '  LD $@'
	@$(CC) $(ALL_CFLAGS) -Itests/unit -o $@ $(filter %.c %.o,$^) $(filter %.a,$^) $(LDFLAGS_ALL) $(PKG_LIBS) -lcmocka -lm
# Damaged copies of the shipped templates.
$(B)/unit/document/test_mutated: build/templates.stamp
units: $(UNIT_BINS)
	@tests/run_units $(B)

# Whole: two rooms that give a function one name are told, instead of one of them calling the other's.
$(B)/xuncha: $(LIBS)
	@echo '  LD $@'
	@$(CC) $(ALL_CFLAGS) -o $@ -Wl,--whole-archive $(LIBS) -Wl,--no-whole-archive $(LDFLAGS_ALL) $(PKG_LIBS) -lm

# --- checks ---------------------------------------------------------------------------------------
C_FILES := $(wildcard src/*/*.[ch] tests/unit/*/*.[ch] tests/fuzz/*.c tools/*.c bench/*.c)
SHELL_FILES := run test .ci/run tools/setup.sh tools/check_rooms.sh tests/run_units tests/with_postgres tests/fresh_machine
check-style:
	@clang-format --dry-run -Werror $(C_FILES)
	@tools/check_rooms.sh
	@shellcheck $(SHELL_FILES)
	@echo "style: format, rooms, banned calls and shell scripts are in order"
format:
	clang-format -i $(C_FILES)

# Everything compiled, nothing linked: a second compiler's opinion.
objects: $(LIBS)

# Those in which threads meet.
THREAD_TESTS := $(filter %/test_watch %/test_lane %/test_lane_faults %/test_model,$(UNIT_BINS))
thread-units: $(THREAD_TESTS)
	@for t in $(THREAD_TESTS); do $$t || exit 1; done

# A second opinion on memory, slow: what ASan sees too, and bytes that were never set.
VALGRIND_TESTS := $(filter build/unit/base/% build/unit/domain/% %/test_apply %/test_keys,$(UNIT_BINS))
valgrind: $(VALGRIND_TESTS)
	@for t in $(VALGRIND_TESTS); do valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite $$t >build/valgrind.log 2>&1 \
	    || { tail -60 build/valgrind.log; exit 1; }; done; echo "valgrind: $(words $(VALGRIND_TESTS)) test programs, nothing found"

FUZZ_BINS := $(patsubst tests/fuzz/%.c,build/fuzz/bin/%,$(wildcard tests/fuzz/fuzz_*.c))
# The rooms under libFuzzer's instrumentation, by one make for all targets.
fuzz-rooms: $(GEN)/statements.h $(GEN)/assets.c $(GEN)/pinyin_table.c $(GEN)/simplified_table.c
	@$(MAKE) --no-print-directory -s VARIANT=fuzz objects
build/fuzz/bin/%: tests/fuzz/%.c fuzz-rooms
	@mkdir -p $(@D)
	@clang -std=c17 -D_GNU_SOURCE -g -O1 -fsanitize=address,undefined,fuzzer -Isrc -I$(GEN) $(PKG_CFLAGS) -o $@ $< \
	    -Wl,--start-group build/fuzz/lib/http.a build/fuzz/lib/service.a build/fuzz/lib/exchange.a build/fuzz/lib/document.a build/fuzz/lib/insight.a \
	    build/fuzz/lib/search.a build/fuzz/lib/store.a build/fuzz/lib/check.a build/fuzz/lib/domain.a build/fuzz/lib/base.a -Wl,--end-group -pthread $(PKG_LIBS) -lm
# The gate's run is the same each time; make fuzz-short FUZZ_SECONDS=600 FUZZ_SEED=0 looks further. What takes longer than
# the limit hangs.
FUZZ_SECONDS ?= 5
FUZZ_SEED ?= 1
FUZZ_FLAGS = -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) -timeout=20 -max_len=4096 -verbosity=0 -print_final_stats=0 -artifact_prefix=build/fuzz/
fuzz-short: $(FUZZ_BINS)
	@for f in $(FUZZ_BINS); do mkdir -p build/fuzz/corpus/$$(basename $$f); \
	    seeds=tests/fuzz/seeds/$$(basename $$f | sed s/fuzz_//); [ -d $$seeds ] || seeds=; \
	    $$f $(FUZZ_FLAGS) build/fuzz/corpus/$$(basename $$f) $$seeds >build/fuzz/log 2>&1 \
	    || { tail -40 build/fuzz/log; exit 1; }; echo "fuzz: $$(basename $$f) found nothing in $(FUZZ_SECONDS) s"; done

# --- bench: ratios from one run on one machine; ROUNDS, SECONDS, SMALL and LARGE change its length --------------------
BENCH_BINS := $(addprefix build/bench/,fill load bare single sheets search check template)
build/bench/fill: bench/fill.c build/obj/service/default_rules.o build/lib/store.a build/lib/domain.a build/lib/base.a
build/bench/bare: bench/bare.c
build/bench/load: bench/load.c
build/bench/single: bench/single.c
build/bench/search: bench/search.c build/lib/service.a build/lib/exchange.a build/lib/document.a build/lib/insight.a build/lib/search.a build/lib/store.a build/lib/check.a build/lib/domain.a build/lib/base.a
build/bench/sheets: bench/sheets.c build/lib/document.a build/lib/base.a
build/bench/check: bench/check.c build/lib/check.a build/lib/base.a
build/bench/template: bench/template.c build/lib/document.a build/lib/domain.a build/lib/base.a build/templates.stamp
$(BENCH_BINS):
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -o $@ $(filter %.c %.o %.a,$^) $(LDFLAGS_ALL) $(PKG_LIBS) -lm
bench: all $(BENCH_BINS)
	node bench/run.mjs

clean:
	rm -rf build

-include $(shell find $(B)/obj $(B)/gen $(B)/unit -name '*.d' 2>/dev/null)
