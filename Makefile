# Superbill: the commands of everyday work. `make demo` and `make test` set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check format bench docs vsix screenshots test-editors clean

# A fresh machine needs Python 3.10 or newer and make; the rest is put into .venv.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Superbill needs Python 3.10 or newer; set PYTHON=python3.x"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

demo: $(READY)  ## start the server as an editor does and show what it answers
	@$(BIN)/superbill demo

test: $(READY)  ## all tests, shared out over the processors
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)  ## lint, format, types, generated files, the catalog's source
	@$(BIN)/ruff check server tests hatch_build.py
	@$(BIN)/ruff format --check server tests hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/python -m superbill.report.pages --check
	@$(BIN)/superbill catalog lint

format: $(READY)  ## put the code in form
	@$(BIN)/ruff check --fix --quiet server tests hatch_build.py || true
	@$(BIN)/ruff format --quiet server tests hatch_build.py

docs: $(READY)  ## write the generated pages
	@$(BIN)/python -m superbill.report.pages

bench: $(READY)  ## measure, beside a naive server in the same run, and write docs/performance.md
	@$(BIN)/python -m tests.bench --write

vsix:  ## the VS Code extension, packed
	cd editors/vscode && npm ci --ignore-scripts && npm run package

screenshots: $(READY)  ## the pictures of the README, taken from a real VS Code
	bash tests/editors/screenshots.sh

test-editors: $(READY)  ## the extension in VS Code, the configurations in their editors
	bash tests/editors/vscode.sh trouble build/editors && bash tests/editors/others.sh

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
