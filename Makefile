# Everything you do with Leesbouw on your own machine. `make help` tells what there is.
.DEFAULT_GOAL := help
.PHONY: help run test test-postgres e2e machine walks check bench lock messages clean setup
SHELL := /bin/sh
WORKERS ?= 2
PYTEST := env PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
	@echo "  Settings for make run: PORT, LEESBOUW_DATA, LEESBOUW_URL, DATABASE_URL (docs/beheer/instellingen.md)"

run: ## set up what is missing and serve Leesbouw on http://localhost:8000
	@exec sh tools/run.sh

test: setup ## the tests, on SQLite
	@$(PYTEST) -n $(WORKERS)

test-postgres: setup ## the same tests on a PostgreSQL of their own
	@sh tools/postgres.sh $(PYTEST) -n $(WORKERS)

walks: setup ## every page for every role, the whole demo, all migrations, on both databases; takes minutes
	@$(PYTEST) -n $(WORKERS) -m walk
	@sh tools/postgres.sh $(PYTEST) -n $(WORKERS) -m walk

e2e: setup ## the tests in a real browser
	@sh tools/e2e.sh

machine: setup ## threads and state machines, on both databases; takes minutes
	@LEESBOUW_TEST_DATABASE=file $(PYTEST) -m "threads or machine"
	@sh tools/postgres.sh $(PYTEST) -m "threads or machine"

check: setup ## format, lint, types, layers, migrations, catalogue, content, house rules
	@sh tools/check.sh

bench: setup ## measure the budgets; one line of JSON per figure (BENCH=bench_pages for one)
	@env PYTHONDONTWRITEBYTECODE= .venv/bin/python -m tests.benchmarks $(BENCH)

lock: ## lock the dependencies again (needs uv: pip install uv)
	@sh tools/lock.sh

messages: setup ## collect the sentences into the catalogues (needs GNU gettext)
	@.venv/bin/python tools/messages.py --update

clean: ## remove what was made, but never the data
	@rm -rf .venv build static-collected .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete

setup:
	@sh tools/setup.sh dev
	@.venv/bin/python tools/messages.py
