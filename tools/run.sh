#!/bin/sh
# `make run`: sets up what is missing and hands over to `leesbouw run`.
set -eu
cd "$(dirname "$0")/.."
sh tools/setup.sh run
.venv/bin/python tools/messages.py
# Only the database in the folder itself is filled with the demo province, and only when it is empty.
if [ -n "${DATABASE_URL:-}" ]; then exec .venv/bin/leesbouw run; fi
exec .venv/bin/leesbouw run --demo-if-empty
