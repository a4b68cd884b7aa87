#!/bin/sh
# Makes sure that the tests of deploy/nginx can run the real program.
set -eu

PATH="$PATH:/usr/sbin"
if command -v nginx >/dev/null 2>&1 || sh tools/packages.sh nginx-light; then exit 0; fi
printf 'Stopped: the tests of deploy/nginx need nginx (Debian: apt-get install nginx-light).\n' >&2
exit 1
