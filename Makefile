# `make demo` shows what it does, `make test` checks everything; `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
LOCKED := $(PIP) install --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-annotate --no-header
UV_VERSION := 0.13.9

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: demo test serve screenshots translations chromium help lint types layers format snapshots readme footprint bench load train lock wheel clean

demo: $(VENV)/.run-installed  ## read the example pages of October 1962 and show who said what
	@mkdir -p build
	@$(BIN)/onrecord read examples/*.html examples/*.txt --output build/october-1962.html
	@$(BIN)/onrecord read examples/the_harbor_ledger.html
	@echo "All ten pages, to look through in a browser: build/october-1962.html"
	@echo "A page of your own:   .venv/bin/onrecord read FILE-OR-URL   (and --format json, --help)"
	@echo "To keep, search and correct them: .venv/bin/onrecord ingest examples && .venv/bin/onrecord serve --browse"

test: $(VENV)/.dev-installed chromium lint types layers  ## lint, types, layers, then the tests
	@$(BIN)/python -m pytest

serve: $(VENV)/.run-installed  ## open the workbench on this machine: [STORE=file or address]
	@$(BIN)/onrecord serve $(if $(STORE),--store "$(STORE)")

screenshots: $(VENV)/.dev-installed chromium  ## picture each page of the workbench, three widths, both lights: build/screens
	@ONRECORD_SCREENS=1 $(BIN)/python -m pytest tests/browser/test_access.py
	@echo "they are in build/screens"

translations: $(VENV)/.dev-installed  ## bring the interface's catalogues up to date; says what is untranslated
	@$(BIN)/python docs/translations.py

chromium:  ## install the browser of tests/browser and the pictures; without it they are skipped, each by name
	@test -x /usr/bin/chromium || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  { echo "installing chromium" >&2; apt-get install -y -qq --no-install-recommends chromium >/dev/null || \
	    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }; }; } || \
	  echo "/usr/bin/chromium is missing; tests in a browser will be skipped" >&2

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
	  while IFS="$$(printf '\t')" read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

lint: $(VENV)/.dev-installed  ## look for faults and for code that is not formatted (ruff)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }

types: $(VENV)/.dev-installed  ## check the types (mypy, strict)
	@$(BIN)/mypy --no-error-summary

layers: $(VENV)/.dev-installed  ## check that data goes one way (import-linter)
	@$(BIN)/lint-imports --no-logo > $(VENV)/layers.log 2>&1 || { cat $(VENV)/layers.log >&2; exit 1; }

format: $(VENV)/.dev-installed  ## format the code
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

snapshots: $(VENV)/.dev-installed  ## record what the reader now makes of the examples; review it as a diff
	@UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest tests/test_snapshots.py

readme: $(VENV)/.dev-installed  ## run the README's commands and put their output into it
	@$(BIN)/python docs/refresh.py README.md

footprint: $(VENV)/.run-installed  ## measure installed size, start-up time and memory
	@$(BIN)/python benchmarks/footprint.py

bench: $(VENV)/.run-installed  ## measure accuracy, speed and peers: CORPORA=folder SCORERS=folder [FOLDS=folder]
	@test -n "$(CORPORA)" && test -n "$(SCORERS)" || \
	  { echo "say where the corpora and the scorers are: make bench CORPORA=folder SCORERS=folder" >&2; exit 1; }
	@$(MAKE) --no-print-directory build/peers/.installed || echo "some peers are not there and are left out" >&2
	@$(BIN)/python -m benchmarks.bench --corpora "$(CORPORA)" --scorers "$(SCORERS)" $(if $(FOLDS),--folds "$(FOLDS)")
	@$(BIN)/python docs/refresh.py --taken README.md

load: $(VENV)/.run-installed  ## measure the workbench under 50 readers at once: [STORE=file or address] [PAGES=200000]
	@$(BIN)/python -m benchmarks.load $(if $(STORE),--store "$(STORE)") $(if $(PAGES),--pages $(PAGES))

train:  ## how the weights were made, and how to make them again
	@cat training/README.md

lock: $(VENV)/.run-installed  ## renew the locked versions in requirements/
	@$(PIP) install uv==$(UV_VERSION)
	@$(COMPILE) --upgrade --extra workbench pyproject.toml -o requirements/run.lock
	@$(COMPILE) --upgrade --group build -c requirements/run.lock -o requirements/build.lock
	@$(COMPILE) --upgrade --all-extras pyproject.toml --group build --group dev -c requirements/run.lock -c requirements/build.lock \
	  -o requirements/dev.lock

wheel: $(VENV)/.dev-installed  ## build the wheel into dist/
	@$(BIN)/hatchling build -t wheel

clean:  ## remove the environment and everything that was built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Programs that are only measured beside ours, in an environment of their own.
build/peers/.installed: benchmarks/peers/requirements.txt
	@echo "installing the peers into build/peers" >&2
	@$(PYTHON) -m venv build/peers
	@build/peers/bin/python -m pip --quiet --quiet install pip==25.3  # older ones fail on lxml's extra by two spellings
	@build/peers/bin/python -m pip --quiet --quiet install -r benchmarks/peers/requirements.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "onrecord needs Python 3.11 or newer; say which one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# What runs comes from the lock and is checked against its hashes; the package itself is linked, not copied.
$(VENV)/.run-installed: requirements/run.lock requirements/build.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what onrecord needs into $(VENV)" >&2
	@$(LOCKED) -r requirements/run.lock -r requirements/build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-installed: requirements/dev.lock $(VENV)/.run-installed
	@echo "installing what its tests need" >&2
	@$(LOCKED) -r requirements/dev.lock
	@touch $@
