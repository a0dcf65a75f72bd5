# Everything a newcomer needs; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test check bench sdks soak shots messages frontend

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Huiyao needs Python 3.11 or later: install python3.11, then make PYTHON=python3.11 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: install it (Debian and Ubuntu: apt-get install python3-venv), remove $(VENV) and try again"; rm -rf $(VENV); exit 1; }

$(VENV)/installed: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing ..."; $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/installed-test: pyproject.toml requirements.lock $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[test]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml requirements.lock $(VENV)/installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

run: $(VENV)/installed ## install what is needed, then serve the demo on http://127.0.0.1:8000
	@HUIYAO_DEMO=$${HUIYAO_DEMO-1} $(BIN)/python -m huiyao demo

test: $(VENV)/installed-test ## all tests; says at the end what was skipped and why
	@$(BIN)/python -m pytest $(TESTS)
	@$(BIN)/python -m tests.on_postgres $(BIN)/python -m pytest tests/contracts tests/features tests/flows tests/plumbing

check: $(VENV)/installed-dev ## lint, types, contracts, catalogues, built assets
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings
	@$(BIN)/python tools/check_catalogues.py
	@if [ "$(CI)" = true ] || command -v npm >/dev/null; then cd frontend && npm ci --silent --no-audit --no-fund && npm run --silent check && npm run --silent verify; else echo "skipped the built assets: npm is not installed"; fi

bench: $(VENV)/installed-test ## measure pages, room and documents; JSON on the screen
	@$(BIN)/python -m bench

sdks: $(VENV)/installed-test ## the vendors' own SDKs against our simulators, in an environment of their own
	@test -x var/sdks/bin/python || python3 -m venv var/sdks
	@var/sdks/bin/pip install -q lark-oapi==1.7.5 alibabacloud-dingtalk==2.2.65
	@HUIYAO_SDK_PYTHON=$(CURDIR)/var/sdks/bin/python $(BIN)/python -m pytest tests/gateways/test_sdks.py -m ''

soak: $(VENV)/installed-test ## long kill and load runs
	@$(BIN)/python -m pytest tests/soak -m ''

shots: $(VENV)/installed-test ## take the README's screenshots from the running product
	@PYTHONPATH=. $(BIN)/python tools/screenshots.py

messages: $(VENV)/installed-dev ## gather and compile the catalogues
	@$(BIN)/python tools/make_catalogues.py
