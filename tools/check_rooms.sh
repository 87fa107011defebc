#!/usr/bin/env bash
# Who may include whom, what may not be called, and who alone may speak to an engine or a library.
# The tree and its rules are described in docs/architecture.md. Exit 1 when something is out of place.
set -u
cd "$(dirname "$0")/.." || exit 2
faults=0
say() {
    printf '%s\n' "$1"
    faults=1
}

declare -A may=(
    [base]="base" [domain]="domain base" [store]="store domain base" [insight]="insight store domain base"
    [search]="search store domain base" [check]="check base"
    [document]="document domain base" [exchange]="exchange base"
    [service]="service check exchange document insight search store domain base" [http]="http service store domain base"
    [cli]="cli http service store domain base"
)
for room in "${!may[@]}"; do
    while IFS=: read -r file line include; do
        target=${include#*\"}
        target=${target%%/*}
        case " ${may[$room]} " in
        *" $target "*) ;;
        *) say "$file:$line: $room may not include $target" ;;
        esac
    done < <(grep -nE '^#include "[a-z]+/' -r "src/$room" --include='*.[ch]' || true)
done

banned='\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|localtime|gmtime|ctime|asctime|rand|srand|alloca)[[:space:]]*\('
while read -r hit; do say "$hit: banned call"; done < <(grep -nE "$banned" -r src tools --include='*.[ch]' | grep -vE '^\S+:[0-9]+: *(/?\*|//)' || true)
# Memory is the arena's; only base and the drivers of engines hold anything else.
while read -r hit; do say "$hit: free or malloc outside base"; done < <(grep -nE '\b(malloc|calloc|realloc|free)[[:space:]]*\(' -r src --include='*.c' | grep -v '^src/base/' || true)
only() { # PATTERN, WHAT, FILES...
    local pattern=$1 what=$2
    shift 2
    while IFS=: read -r file line _; do
        case " $* " in *" $file "*) ;; *) say "$file:$line: $what" ;; esac
    done < <(grep -nE "$pattern" -r src --include='*.[ch]' || true)
}
only '#include <sqlite3\.h>' 'only the SQLite driver knows SQLite' src/store/db_sqlite.c
only '#include <libpq-fe\.h>' 'only the PostgreSQL driver knows libpq' src/store/db_pgsql.c
only '#include <microhttpd\.h>' 'only the transport knows the HTTP library' src/http/listen.c src/http/request.c
only '#include <json-c' 'only base/json.c knows json-c' src/base/json.c
only '#include <xlsxwriter' 'only document writes workbooks' src/document/sheet_write.c
only '#include <zip\.h>' 'only document opens packages' src/document/package.c src/document/package_write.c
only '#include <expat\.h>' 'only document reads XML' src/document/sheet_xml.c src/document/sheet_fill.c src/document/docx_tree.c
only '#include <(openssl|sodium)' 'only base/crypto.c knows the crypto libraries' src/base/crypto.c
only '\b(db_run_sql|db_query_sql)\(' 'only compiled statements are handed over as text' src/store/db.h src/store/db.c src/store/load.c src/store/hits.c src/store/apply.c src/store/verify.c src/store/table.c src/store/tally.c
# Globals that change: file-scope objects that are neither const nor thread-neutral.
while read -r hit; do say "$hit: a mutable global"; done < <(grep -nE '^(static )?[A-Za-z_][A-Za-z0-9_ ]* \*?[a-z_]+(\[[^]]*\])? = ' -r src --include='*.c' | grep -vE '\bconst\b' || true)
exit $faults
