# Everything a developer or a first user types. Needs make and Python 3.11 or newer; `.venv` is made on first use.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := taxonomy ingest graphql sync tests benchmarks scripts
SAMPLES := ontologies/skillatlas/ontologies/samples

# The first Python on the path that really runs and is new enough; `make PYTHON=/path/to/python3 …` names another.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

export SKILLATLAS_STORE ?= sqlite:///var/skillatlas.db
SKILLATLAS_PORT ?= 8000
# pyright is used as installed: without this it asks the network for a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-unit check format bench bench-extraction bench-reskilling bench-sync clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

run: $(READY) ## load the ontology and the samples, serve on 127.0.0.1:$SKILLATLAS_PORT (8000)
	@mkdir -p var
	$(BIN)/skillatlas init
	$(BIN)/skillatlas import courses $(SAMPLES)/courses.jsonl --catalogue samples --publish "Sample courses"
	@for kind in job task cv course; do \
		$(BIN)/skillatlas ingest $(SAMPLES)/documents/$$kind --kind $$kind --collection samples || exit; done
	$(BIN)/skillatlas serve --host 127.0.0.1 --port $(SKILLATLAS_PORT)

test: $(READY) ## all tests (those that need Neo4j are skipped where Java or Maven is missing)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-unit: $(READY) ## the tests within the process: under two minutes
	$(BIN)/python -m pytest -m "not slow and not neo4j" --ignore tests/service

check: $(READY) ## lint, format, types (mypy and pyright), import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests benchmarks scripts
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(READY) ## format the code, mend what can be mended by rule
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: $(READY) ## measure, each figure beside its baseline
	$(BIN)/python -m benchmarks

bench-reskilling: $(READY) ## measure gaps, transitions and learning paths, each beside its baseline
	$(BIN)/python -m benchmarks gap transitions paths

bench-extraction: $(READY) ## measure extraction and linking, each beside its baselines
	$(BIN)/python -m benchmarks extraction cases linking

bench-sync: $(READY) ## measure differences, pulls, probes, dumps and long histories, each beside its baseline
	$(BIN)/python -m benchmarks sync

clean: ## remove what was made, except the store in var/
	rm -rf $(VENV) .build build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml constraints.txt scripts/bootstrap.py
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed (make PYTHON=/path/to/python3 …)" >&2; exit 1; fi
	@$(PYTHON) scripts/bootstrap.py $(VENV)
	@touch $@
