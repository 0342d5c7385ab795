#!/bin/sh
# `make check`: everything a machine can judge without running the product. Goes on after a failure, so that one
# run names them all.
set -u
cd "$(dirname "$0")/.."
PATH="$(pwd)/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=leesbouw.config.settings LEESBOUW_SECRET_KEY=only-for-this-check
failed=""
log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() {
    name=$1; shift
    if "$@" >"$log" 2>&1 </dev/null; then printf '  ok    %s\n' "$name"
    else printf '  FOUT  %s\n' "$name"; cat "$log"; failed="$failed, $name"; fi
}

step "format"                 ruff format --check --quiet .
step "lint"                   ruff check --quiet .
step "types"                  mypy
step "layers"                 lint-imports
step "migrations complete"    python -m django makemigrations --check --dry-run
step "Dutch catalogue"        python tools/messages.py --check
step "content"                python tools/content_check.py
step "house rules"            python -m tools.rules
if [ -n "$failed" ]; then printf 'make check: not good yet: %s\n' "${failed#, }" >&2; exit 1; fi
echo "make check: alles is goed."
