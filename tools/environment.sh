#!/bin/sh
# Makes .venv hold exactly the packages of one requirements file, with Python and pip alone.
#
#   sh tools/environment.sh requirements.txt | requirements-dev.txt
#
# A copy of the file, kept in .venv, tells whether there is anything to do. PYTHON names the
# interpreter to build with; otherwise the first one that is new enough is taken.
set -eu

requirements=$1
stamp=.venv/$requirements
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

step() { printf '==> %s\n' "$1"; }
stop() { printf 'Stopped: %s\n' "$1" >&2; exit 1; }
runs() { "$@" >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if runs "$candidate" -c "$new_enough"; then
            echo "$candidate"
            return
        fi
    done
}

if runs .venv/bin/python -c "$new_enough" && cmp -s "$requirements" "$stamp"; then
    exit 0
fi

if ! runs .venv/bin/python -c "$new_enough" || ! runs .venv/bin/python -m pip --version; then
    python=$(find_python)
    [ -n "$python" ] || stop 'Python 3.11 or newer is needed (Debian, Ubuntu: apt-get install python3 python3-venv).'
    runs "$python" -c 'import ensurepip, venv' ||
        stop "$python has no venv module (Debian, Ubuntu: apt-get install python3-venv)."
    step "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

show_progress() {
    while read -r word rest; do
        case $word in
            Collecting) printf '    %s\n' "${rest%% *}" ;;
            Installing) step 'Unpacking' ;;
        esac
    done
}

# The packages go by as a sign of life; what pip has to say about faults goes to standard error,
# which is left alone. A pipe hides pip's own status, hence the second stamp. Python compiles what
# it imports; to compile every file of every package takes longer than to unpack them.
step "Installing $(grep -c '^[a-z].*==' "$requirements") pinned packages of $requirements, a minute or so"
rm -f "$stamp" "$stamp.done"
{
    .venv/bin/python -m pip install --require-hashes --no-compile --disable-pip-version-check \
        --no-input --progress-bar off --requirement "$requirements" && touch "$stamp.done"
} | show_progress
[ -e "$stamp.done" ] || stop "pip could not install $requirements; its reason stands above."
rm -f "$stamp.done"
cp "$requirements" "$stamp"
step 'Packages are in place'
