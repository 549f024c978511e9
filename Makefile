# Two commands do everything on a fresh machine: `make demo` and `make test`.
# They need python3 (3.11 or newer), make, and the package index that pip is set up with.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test nightly mutants check format words reference constraints clean

demo: $(VENV)/.installed
	@$(BIN)/archiver demo

test: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q -n auto --dist loadscope --no-loadscope-reorder --cov --cov-report=term:skip-covered

# Every fault at every act of every story, twenty times the examples; hours. See tests/nightly.py.
nightly: $(VENV)/.installed-dev
	ARCHIVER_NIGHTLY=1 $(BIN)/pytest -q -n auto --dist loadscope --no-loadscope-reorder

# Code made wrong in one place at a time: a test must notice. Half an hour. See docs/design.md.
mutants: $(VENV)/.installed-dev
	$(BIN)/python -m tools.mutants

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After adding or changing a sentence: then translate what is named, and run it again.
words: $(VENV)/.installed-dev
	$(BIN)/python -m tools.words

# After changing a command, an option, a key, a code, a setting or a shipped declaration.
reference: $(VENV)/.installed-dev
	$(BIN)/python -m tools.reference

# Pins of everything, for the interpreters we test; no hosts, no hashes.
constraints: $(VENV)/.installed-dev
	$(BIN)/pip freeze --exclude-editable --exclude pip --exclude setuptools > constraints.txt

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "archiver needs Python 3.11 or newer: install it, or run: make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .coverage
