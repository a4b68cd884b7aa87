#!/bin/sh
# Runs a command with TEST_DATABASE_URL naming a real PostgreSQL server.
#
#   sh tools/postgres.sh .venv/bin/python -m pytest tests/quiz
#
# A server that TEST_DATABASE_URL already names is used as it is; its role must be allowed to
# create databases. Otherwise a throwaway one is started on a free port of the loopback
# interface, with its files in a temporary folder, and is gone when the command ends. Where
# PostgreSQL is missing, Debian's package is installed if that needs no password.
set -eu

stop() { printf 'Stopped: %s\n' "$1" >&2; exit 1; }

if [ -n "${TEST_DATABASE_URL:-}" ]; then exec "$@"; fi

# Debian keeps the programs of a server out of PATH; the newest version is taken.
find_programs() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -nr) \
        "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
            echo "$folder"
            return
        fi
    done
}

programs=$(find_programs)
if [ -z "$programs" ]; then
    sh tools/packages.sh postgresql || stop 'postgresql could not be installed; the reason stands above.'
    programs=$(find_programs)
fi
[ -n "$programs" ] || stop 'PostgreSQL is needed (Debian: apt-get install postgresql).'

# The server refuses to run as root. The user that Debian's package brings is there for it.
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || stop 'root needs the user postgres to run the server as.'
    as_server() { runuser -u postgres -- "$@"; }
else
    as_server() { "$@"; }
fi

folder=$(mktemp -d)
end() {
    as_server "$programs/pg_ctl" stop -D "$folder/data" -m immediate >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
port=$(python3 -c '
import socket
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    print(free.getsockname()[1])')

(umask 077 && printf '%s\n' "$password" >"$folder/password")
if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; fi
# From a folder that the server's user may enter.
cd "$folder"
as_server "$programs/initdb" -D "$folder/data" --username=tester --pwfile="$folder/password" \
    --auth=scram-sha-256 --encoding=UTF8 --no-locale >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; stop 'initdb failed.'; }
as_server "$programs/pg_ctl" start -D "$folder/data" -l "$folder/data/log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" \
    >>"$folder/log" 2>&1 || { cat "$folder/log" "$folder/data/log" >&2; stop 'the server did not start.'; }
cd "$OLDPWD"

printf '==> %s on 127.0.0.1:%s\n' "$("$programs/postgres" --version)" "$port"
TEST_DATABASE_URL="postgresql://tester:$password@127.0.0.1:$port/postgres" "$@"
