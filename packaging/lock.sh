#!/usr/bin/env bash
# Make the lock files anew: exact versions with hashes, and no host names (findings: locks).
set -euo pipefail
cd "$(dirname "$0")/.."
for extra in server development bench; do extras+=(--extra "$extra"); done
uv pip compile pyproject.toml "${extras[@]}" --generate-hashes --universal --no-emit-index-url --no-header \
    --python-version 3.11 --quiet --output-file packaging/requirements.lock
uv pip compile packaging/build_tools.in --generate-hashes --universal --no-emit-index-url --no-header \
    --python-version 3.11 --quiet --output-file packaging/build_tools.lock
