#!/usr/bin/env bash
# Installs what is missing: Debian packages and npm packages by their lock files. Says plainly what it
# installs, and nothing when all is there. Usage: tools/setup.sh run|test
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

packages=(build-essential pkg-config libmicrohttpd-dev libsqlite3-dev libpq-dev libjson-c-dev libssl-dev libsodium-dev
    libutf8proc-dev libicu-dev libxlsxwriter-dev libzip-dev libexpat1-dev brotli
    bubblewrap libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-gbsn00lp fonts-arphic-gkai00mp)
if [ "$purpose" = test ]; then
    packages+=(libcmocka-dev postgresql-15 sqlite3 unzip 7zip libreoffice-calc-nogui chromium poppler-utils clang clang-format libclang-rt-14-dev shellcheck valgrind curl)
fi
# Look for node and npm before installing them: a machine may have its own.
command -v node >/dev/null 2>&1 || packages+=(nodejs)
command -v npm >/dev/null 2>&1 || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: installing Debian packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "setup: this needs root; run as root: apt-get install ${missing[*]}" >&2
            exit 1
        }
        sudo=sudo
    else
        sudo=
    fi
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

npm_install() { # DIR: when its lock file is newer than what was installed
    [ -f "$1/package-lock.json" ] || return 0
    if [ ! -f "$1/node_modules/.package-lock.json" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
        echo "setup: installing npm packages of $1 by its lock file"
        (cd "$1" && npm ci --loglevel=error --no-audit --no-fund --ignore-scripts)
        touch "$1/node_modules/.package-lock.json"
    fi
}
npm_install web
[ "$purpose" != test ] || npm_install tests/pages
