#!/bin/sh
# Runs a command with TEST_REDIS_URL naming a real Redis server.
#
#   sh tools/redis.sh .venv/bin/python -m pytest tests/many
#
# A server that TEST_REDIS_URL already names is used as it is; the tests empty it. Otherwise a
# throwaway one is started on a free port of the loopback interface, keeps nothing on disk, and is
# gone when the command ends. Where Redis is missing, Debian's package is installed if that needs
# no password.
set -eu

stop() { printf 'Stopped: %s\n' "$1" >&2; exit 1; }

if [ -n "${TEST_REDIS_URL:-}" ]; then exec "$@"; fi

command -v redis-server >/dev/null 2>&1 || sh tools/packages.sh redis-server ||
    stop 'Redis is needed (Debian: apt-get install redis-server).'

folder=$(mktemp -d)
end() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$folder"
}
port=$(python3 -c '
import socket
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    print(free.getsockname()[1])')
redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$folder" \
    >"$folder/log" 2>&1 &
server=$!
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tries=0
until redis-cli -p "$port" ping >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { cat "$folder/log" >&2; stop 'Redis did not start.'; }
    sleep 0.1
done

printf '==> %s on 127.0.0.1:%s\n' "$(redis-server --version | cut -d' ' -f1-3)" "$port"
TEST_REDIS_URL="redis://127.0.0.1:$port/0" "$@"
