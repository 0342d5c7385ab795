#!/bin/sh
# Locks what pyproject.toml asks for, with hashes and without the address of any index.
# Needs uv (`pip install uv`); `UV=/path/to/uv make lock` uses another copy.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}
command -v "$uv" >/dev/null || { echo "uv is missing: pip install uv" >&2; exit 1; }
common="--quiet --python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
"$uv" pip compile $common pyproject.toml --group build --output-file requirements/run.txt
"$uv" pip compile $common pyproject.toml --group build --group dev --output-file requirements/dev.txt
