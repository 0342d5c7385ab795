#!/bin/sh
# Runs a command with DATABASE_URL set to a PostgreSQL of its own, thrown away afterwards:
#   sh tools/postgres.sh pytest -n 2
# No TCP, a socket in its own folder, and no fsync: it is for tests only.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh

find_bin() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) "$(pg_config --bindir 2>/dev/null)"; do
        if [ -x "$folder/initdb" ]; then printf '%s' "$folder"; return; fi
    done
}
bin=$(find_bin)
if [ -z "$bin" ]; then need_packages "de tests op PostgreSQL" postgresql; bin=$(find_bin); fi
[ -n "$bin" ] || fail "PostgreSQL staat niet waar ik zoek (/usr/lib/postgresql); voeg de map met initdb toe aan PATH."

# A server refuses to run as root; user postgres comes with the package.
as_owner() {
    if ! is_root; then "$@"
    elif command -v runuser >/dev/null; then runuser -u postgres -- "$@"
    else su postgres -s /bin/sh -c '"$0" "$@"' -- "$@"
    fi
}

# /tmp and not the data folder: a socket's path may be 107 bytes, and user postgres must be able to reach it.
folder=$(mktemp -d /tmp/leesbouw-pg.XXXXXX)
if is_root; then chown postgres "$folder"; fi
stop() {
    trap - EXIT INT TERM
    (cd / && as_owner "$bin/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --silent) >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

say "Ik start een PostgreSQL voor alleen deze tests…"
start() {
    cd /   # user postgres may not enter the folder we stand in
    as_owner "$bin/initdb" --pgdata="$folder/data" --username=leesbouw --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync
    as_owner "$bin/pg_ctl" start --pgdata="$folder/data" --wait --log="$folder/log" --options="-c listen_addresses='' \
        -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
}
if ! (start) >"$folder/setup" 2>&1; then
    cat "$folder/setup" "$folder/log" 2>/dev/null | tail -n 20 >&2
    fail "PostgreSQL startte niet; hierboven staat waarom."
fi
DATABASE_URL="postgresql://leesbouw@/postgres?host=$folder" "$@"
