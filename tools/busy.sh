#!/bin/sh
# Runs a command again and again beside two processes that keep two cores busy; ends at a failure.
#
#   sh tools/busy.sh 20 python -m pytest -m timing
set -eu

runs=$1
shift
busy=
for _ in 1 2; do
    sh -c 'while :; do :; done' &
    busy="$busy $!"
done
trap 'kill $busy' EXIT
trap 'exit 130' INT TERM

run=0
while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    printf '==> Run %s of %s\n' "$run" "$runs"
    "$@"
done
