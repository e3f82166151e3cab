#!/usr/bin/env bash
# Check the published description of the interface against the Dutch API design rules, with their own linter.
# Usage: check.sh PYTHON [RULESET]; the ruleset is a file or an address, by default the published one.
set -euo pipefail
python=$(realpath --no-symlinks "$1")
ruleset=${2:-https://static.developer.overheid.nl/adr/ruleset.yaml}
[ -f "$ruleset" ] && ruleset=$(realpath "$ruleset")
cd "$(dirname "$0")/../.."

command -v npm >/dev/null || { echo "npm is not here, so the linter of the design rules cannot run." >&2; exit 1; }
mkdir -p build/api-rules
cp packaging/api_rules/package*.json build/api-rules
npm ci --prefix build/api-rules --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
PYTHONPATH=. "$python" packaging/published_interface.py build/api-rules/openapi.json
build/api-rules/node_modules/.bin/spectral lint --fail-severity=warn --ruleset "$ruleset" build/api-rules/openapi.json
