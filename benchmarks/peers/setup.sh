#!/usr/bin/env bash
# Set up the programs of others for `make bench-forms` and `make bench-sync`: node from Debian, packages as locked.
# Without node the measurements still run, with what there is; this script then says what is missing and how to get it.
set -uo pipefail
cd "$(dirname "$0")"

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    bash ../../packaging/system_packages.sh nodejs npm ||
        { echo "Without node the programs of others are left out." >&2; exit 0; }
fi
[ node_modules/.ready -nt package-lock.json ] && exit 0
if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    touch node_modules/.ready
else
    echo "The packages could not be fetched; the programs of others are left out." >&2
fi
