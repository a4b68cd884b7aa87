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

if browser_is_there && found chromium-headless-shell google-chrome google-chrome-stable; then
    exit 0
fi

# shellcheck disable=SC2086  # Several packages are several words.
sh tools/packages.sh $packages || browser_is_there ||
    stop "$packages could not be installed; the reason stands above."
browser_is_there ||
    stop "the browser tests need Chromium, ChromeDriver and libatomic (Debian: apt-get install $packages)."
