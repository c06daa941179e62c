# Every target sets itself up; nothing has to be run before it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Hundreds of processes are started here: each would compile the whole program anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test long lint check bench fuzz docs lock

setup: $(READY)

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Quotidian needs Python 3.11 or later; '$(PYTHON)' is missing or older. Install it, or name one: make PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python has no venv. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 3; }
	@command -v git >/dev/null || { echo "git is missing. On Debian or Ubuntu: apt-get install git" >&2; exit 3; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# make demo CHANNEL=x publishes on a stand-in for X on this machine, too.
demo: setup
	@$(if $(CHANNEL),$(BIN)/python -m tests.servers.demo_$(CHANNEL),$(BIN)/quotidian demo)

test: setup
	$(BIN)/pytest -q -n 3 --dist loadgroup --durations=30 -m "not long"

# The tests that take tens of seconds each, in less than so many processes.
long: setup
	$(BIN)/pytest -q -n 3 --dist loadgroup --durations=10 -m long

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

check: lint test long

bench: setup
	@for script in bench/*/*.py bench/*.py; do [ -f "$$script" ] && { echo "== $$script"; $(BIN)/python "$$script" || exit 1; }; done; true

fuzz: setup
	$(BIN)/python fuzz/readers.py $(or $(SECONDS),60)

docs: setup
	$(BIN)/python -m scheduler.cli.reference > docs/reference/commands.md
	PYTHONPATH=bench/cards $(BIN)/python docs/images/gallery.py

# Pins every dependency by version and hash, for all platforms and without addresses.
lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements/dev.txt
