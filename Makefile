# make demo: install, build a release, grade a sample class, show a table and a report (ASSIGNMENT=ranking: another one).
# make test: all that CI checks.
# make attacks: the whole hostile suite against the grader (nightly).
# make mutants: the checks against the whole bank and every mutant of the solutions (nightly).
PYTHON ?= python3
ASSIGNMENT ?= toy_chooser
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test attacks mutants install sandbox server browser lint types unit lessons clean

demo: install sandbox
	$(BIN)/course demo $(ASSIGNMENT)

test: install sandbox server browser lint types unit lessons

attacks: install sandbox
	$(BIN)/course attack

mutants: install
	$(BIN)/course mutate

install: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: Python 3.11 or newer is needed; name it: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv --help > /dev/null 2>&1 || \
		{ echo "error: Python's venv module is missing; install it: sudo apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $(STAMP)

# Bubblewrap is a system package: installed where we may, named with its command where we may not.
sandbox:
	@command -v bwrap > /dev/null || { \
		if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq bubblewrap; \
		elif command -v apt-get > /dev/null && sudo -n true 2> /dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq bubblewrap; \
		elif command -v dnf > /dev/null && [ "$$(id -u)" = 0 ]; then dnf install -y -q bubblewrap; \
		elif command -v dnf > /dev/null && sudo -n true 2> /dev/null; then sudo dnf install -y -q bubblewrap; \
		else echo "error: Bubblewrap is missing; install it: sudo apt-get install bubblewrap (or: sudo dnf install bubblewrap)"; exit 2; fi; }

# PostgreSQL's server for gradebooks, and network namespaces for workers; where they are missing, tests say that they are skipped.
server:
	@{ ls /usr/lib/postgresql/*/bin/initdb && command -v ip; } > /dev/null 2>&1 || { \
		if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq postgresql iproute2; fi; }

# Debian's Chromium, for what people see; where it is missing, tests say that they are skipped.
browser:
	@command -v chromium > /dev/null || { \
		if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq chromium fonts-dejavu-core; fi; }

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

unit: install
	$(BIN)/python -m pytest -q -rs --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

lessons: install
	$(BIN)/python -m pytest -q --nbval notebooks --nbval-sanitize-with notebooks/nbval.cfg

clean:
	rm -rf submitted autograded feedback reports gradebook.db
