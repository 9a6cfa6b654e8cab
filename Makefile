# Superbill: the commands of everyday work. `make demo` and `make test` set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-slow check format bench docs vsix screenshots test-editors clean

# A fresh machine needs Python 3.10 or newer and make; the rest is put into .venv.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Superbill needs Python 3.10 or newer; set PYTHON=python3.x"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

demo: $(READY)  ## start the server as an editor does and show what it answers
	@$(BIN)/superbill demo

test: $(READY)  ## the tests of every day, shared out over the processors: under two minutes on two
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-slow: $(READY)  ## the others: whole tables, every code with every modifier, further editors' capabilities
	@$(BIN)/python -m pytest -n auto --dist worksteal -m slow

check: $(READY)  ## lint, format, types, generated files, the catalog's source
	@$(BIN)/ruff check server tests hatch_build.py
	@$(BIN)/ruff format --check server tests hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/python -m superbill.report.pages --check
	@$(BIN)/python -m superbill.cli.editor_settings --check
	@$(BIN)/superbill catalog lint

format: $(READY)  ## put the code in form
	@$(BIN)/ruff check --fix --quiet server tests hatch_build.py || true
	@$(BIN)/ruff format --quiet server tests hatch_build.py

docs: $(READY)  ## write the generated pages
	@$(BIN)/python -m superbill.report.pages
	@$(BIN)/python -m superbill.cli.editor_settings

bench: $(READY)  ## measure, beside a naive server in the same run, and write docs/performance.md
	@$(BIN)/python -m tests.bench --write

vsix: $(READY)  ## the VS Code extension with its server, packed; needs Node 20 or newer
	@cd editors/vscode && npm ci --ignore-scripts && PYTHON=$(CURDIR)/$(BIN)/python npm run package

screenshots: $(READY)  ## the pictures of the README, taken from a real VS Code
	bash tests/editors/screenshots.sh

test-editors: $(READY)  ## the packed extension in VS Code, the configurations in their editors
	@bash tests/editors/run.sh

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
