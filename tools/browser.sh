#!/bin/sh
# Makes sure that the browser tests can run: Chromium, ChromeDriver and Playwright's own driver.
#
# Where something is missing, Debian's packages are installed if that needs no password. The
# driver comes with the Python package and lacks only libatomic, which a bare Debian leaves out.
# Chromium without windows and tabs (chromium-headless-shell) is quicker and not needed.
set -eu

packages='chromium chromium-driver chromium-headless-shell libatomic1'

stop() { printf 'Stopped: %s\n' "$1" >&2; exit 1; }

found() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

browser_is_there() {
    found chromium chromium-browser google-chrome google-chrome-stable && found chromedriver &&
        .venv/bin/playwright --version >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_with_apt() {
    printf '==> Installing %s with apt-get, a minute or so\n' "$packages"
    # shellcheck disable=SC2086  # Several packages are several words.
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
            --no-install-recommends $packages >/dev/null
}

if browser_is_there && found chromium-headless-shell google-chrome google-chrome-stable; then
    exit 0
fi

if found apt-get && { [ "$(id -u)" = 0 ] || { found sudo && sudo -n true 2>/dev/null; }; }; then
    install_with_apt || browser_is_there || stop "apt-get could not install $packages; its reason stands above."
fi
browser_is_there ||
    stop "the browser tests need Chromium, ChromeDriver and libatomic (Debian: apt-get install $packages)."
