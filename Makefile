# Two commands do everything: `make demo` and `make test`. Both set up .venv from the pinned set first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test check lint types rooms lock clean

demo: $(VENV)/ready
	$(BIN)/figurewatch demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto

check: lint types rooms

lint: $(VENV)/ready
	$(BIN)/ruff check .

types: $(VENV)/ready
	$(BIN)/mypy

rooms: $(VENV)/ready
	$(BIN)/lint-imports

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Figurewatch needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Pins for every platform and Python >= 3.11, with hashes and without addresses. Needs uv.
lock:
	echo 'duckdb==1.5.5' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev --constraint - pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
