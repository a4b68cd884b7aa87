#!/bin/sh
# Installs those of Debian's packages that are missing, where that needs no password.
#
#   sh tools/packages.sh nginx-light redis-server
#
# No service is started: whoever needs one starts its own.
set -eu

missing=
for package in "$@"; do
    case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=env; else as_root='sudo -n env'; fi
if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
    printf 'Not installed without apt-get or a password:%s\n' "$missing" >&2
    exit 1
fi
printf '==> Installing%s with apt-get, a minute or so\n' "$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # Several packages are several words.
$as_root DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq \
    -o DPkg::Lock::Timeout=300 --no-install-recommends $missing >/dev/null
