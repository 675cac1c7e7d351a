# Every command of the house. `make help` lists them.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(p))) python3)
ENV := .venv/bin/python
.PHONY: help run test check bench drill vendor docs messages clean base dev
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18

base:
	@$(PYTHON) scripts/environment.py base
dev:
	@$(PYTHON) scripts/environment.py dev

run: base ## start the demo municipality: web, worker and beat (PORT=8000)
	@exec $(ENV) scripts/run.py

test: dev ## the whole suite on SQLite, on PostgreSQL with Redis, and in the browser
	@exec $(ENV) scripts/test.py

check: dev ## style, types, arrows, templates, migrations, translations, house tests
	@exec $(ENV) scripts/check.py

bench: dev ## print the ratios of docs/performance.md
	@exec $(ENV) scripts/bench.py

drill: dev ## the long drills at their full counts, on each database
	@DRILL=full PARTS="sqlite postgresql" ARGS="-m drill $(ARGS)" exec $(ENV) scripts/test.py

docs: dev ## generated docs, and the screenshots of the manual
	@exec $(ENV) scripts/docs.py

messages: dev ## collect the texts to translate (needs gettext)
	@$(ENV) manage.py makemessages -l nl --no-location --no-wrap --no-obsolete -i .venv -i node_modules -i var

vendor: ## a maintainer's step: rebuild static/vendor from its sources (needs npm)
	@cd scripts/vendor && npm ci && node build.mjs

clean: ## remove the environment and everything made while running
	@rm -rf .venv var staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage test-results
	@find . -name '*.mo' -not -path './.venv/*' -delete
