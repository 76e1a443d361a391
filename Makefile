# `make` lists what it can do. Nothing must be installed but a Python 3, make and, for the first time, a network.
SHELL := /bin/sh
PYTHON := $(shell for each in python3 /usr/bin/python3 /usr/local/bin/python3 python; do \
	$$each -c 'import sys, venv; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run demo setup setup-dev train test check sync shell nlu nlu-report bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environments ## install what is missing, train if needed, start everything, print the page's address
	@exec $(BIN)/cybercare run

demo: environments ## fill the installation with 90 days of invented conversations (ARGS=--remove takes them away)
	@$(BIN)/cybercare demo $(ARGS)

setup: environments ## install both environments and train, start nothing
	@$(BIN)/cybercare train --if-needed

setup-dev: python ## install both environments with the tools for tests and checks
	@$(PYTHON) scripts/bootstrap.py --dev

train: environments ## train the model anew
	@$(BIN)/cybercare train

test: setup-dev ## run all tests, two at a time, or ARGS=tests/unit some (browser tests need Chromium)
	@$(BIN)/cybercare train --if-needed
	@$(BIN)/python -m pytest $(or $(ARGS),--numprocesses=2) $(if $(CI),--durations=20)

check: setup-dev ## check format, lint, types, imports, the catalogue and Rasa's data
	@$(BIN)/cybercare check

sync: environments ## write what derives from the incident files: parts of domain.yml, the incident rules
	@$(BIN)/cybercare sync

shell: environments ## talk to the engine in the terminal, while `make run` runs in another
	@$(BIN)/cybercare shell

nlu: environments ## see how messages are understood, in the terminal
	@$(BIN)/cybercare shell --nlu

bench: setup-dev ## compare with a stock Rasa bot on the same data
	@$(BIN)/cybercare train --if-needed
	@$(BIN)/python -m bench $(ARGS)

nlu-report: setup-dev ## measure the understanding: cross-validation, plots, docs/nlu.md
	@$(BIN)/cybercare train --if-needed
	@$(BIN)/python -m bench.nlu $(ARGS)

lock: python ## resolve all requirement files again, with hashes
	@$(PYTHON) scripts/bootstrap.py --lock

clean: ## remove the model and caches; conversations and secrets in var/ stay
	@rm -rf models .rasa .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info build
	@find actions bot bench engine scripts tests -path engine/.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python environments
python:
	@test -n "$(PYTHON)" || { echo "A Python 3.8 or newer with its venv module is needed (Debian: apt-get install python3-venv)."; exit 1; }

environments: python
	@$(PYTHON) scripts/bootstrap.py
