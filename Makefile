# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test test-all lint format accuracy bench docs lock apt clean

help:
	@echo "make run [INBOX=dir]  the yearly job, on generated samples or on your folder"
	@echo "make run OCR=0        the same without what only scans need (rapidocr, openvino, opencv)"
	@echo "make test             everything CI runs"
	@echo "make test-all         the long tests too"
	@echo "make lint | format    ruff and the type checker | rewrite in the house format"
	@echo "make bench            speed and accuracy side by side with plain libraries and converters"
	@echo "make docs             the tables of docs/ that are made from code and catalogue"
	@echo "make accuracy         recall and precision by layout, format and check into docs/accuracy.md"
	@echo "make lock             re-resolve deploy/requirements.lock from pyproject.toml"

apt:
	@deploy/install-apt.sh

$(STAMP): deploy/requirements.lock pyproject.toml deploy/bootstrap.sh
	@deploy/bootstrap.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

run: apt $(STAMP)
ifdef INBOX
	$(BIN)/jixiao run --inbox "$(INBOX)" $(ARGS)
else
	$(BIN)/jixiao demo $(ARGS)
endif

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --level error

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# File by file among the cores: what a file's tests share is made once.
test: apt $(STAMP) lint
	$(BIN)/pytest -m "not long" -n auto --maxprocesses 4 --dist loadfile

test-all: apt $(STAMP) lint
	$(BIN)/pytest

docs: $(STAMP)
	$(BIN)/python -m flows.settings_page

accuracy: apt $(STAMP)
	$(BIN)/python -m tests.corpus --docs docs/accuracy.md
	$(BIN)/python -m tests.corpus.checks_main --formats all --docs docs/accuracy.md

bench: apt $(STAMP)
	$(BIN)/python -m benchmarks

lock: $(STAMP)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --group dev pyproject.toml -o deploy/requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --override deploy/bench-overrides.txt deploy/bench.in -o deploy/bench.lock

clean:
	rm -rf $(VENV) .venv-bench .pytest_cache .ruff_cache .hypothesis
