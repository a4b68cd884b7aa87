#!/bin/sh
# Makes sure that the tests of deploy/nginx can run the real program; Debian's package is installed
# where that needs no password.
set -eu

PATH="$PATH:/usr/sbin"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if command -v nginx >/dev/null 2>&1; then exit 0; fi
printf '==> Installing nginx with apt-get, a moment\n'
# No service is started: the tests start their own.
if command -v apt-get >/dev/null 2>&1 && as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq \
        --no-install-recommends nginx-light >/dev/null; then
    exit 0
fi
printf 'Stopped: the tests of deploy/nginx need nginx (Debian: apt-get install nginx-light).\n' >&2
exit 1
