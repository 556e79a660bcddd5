# Everything the project does from a shell. `make help` lists the targets; each sets up what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(VENV)/.locked
STAMP := $(VENV)/.set-up

STUDY ?= labour-organising
TEXTS ?= digests
FROM ?= ../shared/sources
CORPUS ?= ../shared/corpora
ORACLES ?= ../shared/oracles
ARGS ?=
# How many tests run at once.
WORKERS ?= 2

# Same input, same bytes: whatever the reader's shell says, builds run with these.
# The date is the one that the PDF's metadata and matplotlib's SVG carry; 2026-01-01 00:00 UTC.
export SOURCE_DATE_EPOCH := 1767225600
export MPLBACKEND := agg
export PYTHONHASHSEED := 0
export TZ := UTC
export LC_ALL := C.UTF-8
# Without .pyc files every start takes more than twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup report test test-slow lab lint notebooks evaluation originals fonts bench oracles lock clean

help:  ## list the targets
	@echo "tertium: make TARGET [NAME=value]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s  %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP)  ## make .venv from requirements.lock (again only if the lock or pyproject.toml changed)

# uv's version and hashes stand in requirements.lock and nowhere else: its entry is cut out of the lock,
# pip installs it, and uv installs the rest. Where uv can't be had, pip installs the same lock.
$(LOCKED): requirements.lock
	@if [[ ! -x $(BIN)/pip ]]; then \
	  echo "making $(VENV)"; \
	  $(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); echo "no $(VENV): Debian and Ubuntu need the package python3-venv"; exit 1; }; \
	fi
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(VENV) has $$($(BIN)/python -V); tertium needs 3.11 or newer: remove $(VENV), then make setup PYTHON=python3.11"; exit 1; }
	@awk '/^[^ #]/ {keep = /^uv==/} keep' requirements.lock > $(VENV)/uv.lock
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r $(VENV)/uv.lock \
	    && VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --no-build requirements.lock; then \
	  echo "installed requirements.lock with uv"; \
	else \
	  echo "uv could not do it; installing requirements.lock with pip"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock; \
	fi
	@touch $@

# The package itself can't stand beside hashes; all that it and its build need is there by now.
$(STAMP): $(LOCKED) pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $@

report: setup  ## build a study's PDF and HTML into reports/ (STUDY=labour-organising TEXTS=digests|originals|both)
	$(BIN)/tertium report data/studies/$(STUDY).yml --texts $(TEXTS) $(ARGS)

# `--nbval` runs every notebook and compares what it shows with what is stored in it; it shares its
# kernels badly between workers. Exit 5 says that ARGS chose no notebook.
test: setup  ## check the code and run every quick test, doctest and notebook (ARGS="-k name" for some)
	$(BIN)/ruff check --quiet .
	$(BIN)/python -m pytest -m "not slow" -n $(WORKERS) tests src $(ARGS) || { status=$$?; [[ -n "$(ARGS)" && $$status -eq 5 ]]; }
	$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout=120 $(wildcard notebooks) $(ARGS) || { status=$$?; [[ -n "$(ARGS)" && $$status -eq 5 ]]; }

test-slow: setup  ## run the tests that take long or ask the network
	$(BIN)/python -m pytest -m slow tests $(ARGS) || { status=$$?; [[ $$status -eq 5 ]] && echo "no slow tests" || exit $$status; }

# JupyterLab draws the figures that are kept in a notebook only once it is trusted.
lab: setup  ## open JupyterLab on the notebooks
	@$(BIN)/jupyter trust notebooks/*.ipynb >/dev/null
	$(BIN)/jupyter lab --notebook-dir=notebooks $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

lint: setup  ## check the code with ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

# Only the defaults' outputs are kept in notebooks/; runs with other parameters go to reports/.
notebooks: setup  ## run the notebooks with their defaults and keep the outputs
	$(BIN)/python scripts/refresh_notebooks.py
	$(BIN)/python scripts/refresh_readme_figure.py

evaluation: setup  ## judge the rules on labelled texts and keep the tables (CORPUS=../shared/corpora)
	$(BIN)/tertium evaluate --gold $(CORPUS)/pages --gold $(CORPUS)/wikinews_negatives --scheme approach --output data/evaluation

originals: setup  ## copy the original texts, checked, to data/sources/originals (FROM=../shared/sources)
	$(BIN)/tertium originals --from $(FROM)

fonts: setup  ## make the bundled font subset again
	$(BIN)/python scripts/make_fonts.py $(ARGS)

bench: setup  ## time the report twice, then matcher and agreement, which write docs/benchmarks.md
	rm -rf reports/$(STUDY)
	time $(BIN)/tertium report data/studies/$(STUDY).yml --texts $(TEXTS)
	time $(BIN)/tertium report data/studies/$(STUDY).yml --texts $(TEXTS)
	$(BIN)/python -m benchmarks.matcher
	$(BIN)/python -m benchmarks.agreement
	$(BIN)/python -m benchmarks.spans
	$(BIN)/python -m benchmarks.stability
	$(BIN)/python -m benchmarks.minimisation

oracles: setup  ## check the statistics against a folder of reference cases (ORACLES=../shared/oracles)
	$(BIN)/python -m scripts.check_oracles $(ORACLES) $(ARGS)

lock: setup  ## pin requirements.in anew (ARGS=--upgrade for newer versions)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  $(ARGS) requirements.in -o requirements.lock

clean:  ## remove what is derived: reports, caches (not .venv, not the originals)
	find reports -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} + 2>/dev/null || true
	rm -rf data/derived build dist .doit.db* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
