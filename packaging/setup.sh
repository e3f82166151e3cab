#!/usr/bin/env bash
# The whole set-up: system libraries, virtual environment, locked packages, compiled catalogues.
# Safe to run again; `make` runs it only when the lock, the project file or this script changed.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
screen=(libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-image0
    libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 dbus-daemon)
environment=()
"$python" -c 'import ensurepip' 2>/dev/null || environment=(python3-venv)
if command -v dpkg-query >/dev/null; then
    bash packaging/system_packages.sh "${environment[@]}" "${screen[@]}"
    if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        bash packaging/system_packages.sh postgresql || echo "Without PostgreSQL its tests are left out; the run says so." >&2
    fi
    if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
        bash packaging/system_packages.sh chromium || echo "Without Chromium its tests are left out; the run says so." >&2
    fi
    if ! command -v Xvfb >/dev/null || ! /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null; then
        bash packaging/system_packages.sh xvfb dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0 ||
            echo "Without Xvfb and AT-SPI the walk of an assistive client is left out; the run says so." >&2
    fi
else
    echo "This is not Debian: Qt needs its usual X11 libraries; see docs/operations.md." >&2
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement packaging/requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
.venv/bin/python packaging/catalogues.py compile
touch .venv/.ready
