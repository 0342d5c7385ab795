#!/bin/sh
# `make e2e`: the tests in a real browser.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && [ -z "${CHROMIUM:-}" ]; then
    need_packages "de tests in de browser" chromium
fi
exec .venv/bin/python -m pytest tests/e2e -m e2e "$@"
