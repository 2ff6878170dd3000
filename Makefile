# make check   set up, audit the shipped samples
# make test    set up, lint, type-check, run the tests
# make pythons  the tests on every Python that setup.cfg names and this machine has
# make test-lowest  the tests with the lowest versions that setup.cfg allows
# make test-ocr  the tests of scans and pictures, where what recognises them is installed (in an environment of its own)
# make licences  every package that a run loads, with its licence
# make fuzz    every reader and the prose, by guided fuzzing, for FUZZ_SECONDS each
# make coverage   the tests again, with the lines and branches that they reach (a gate)
# make notebooks  run the notebooks and store them with their output
# make docs    the docs as pages in site/
# make pictures  the pictures of README and docs, from real output (needs Chromium)
# make nightly the factory's whole matrix, 10,000 damaged documents, 12,000 faulty tables, 10,000 paragraphs, kills,
#              visitors, fuzzing (hours)
PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= python3.11 python3.12 python3.13
LOWEST_TOOLS = hypothesis httpx jsonschema psutil pytest pytest-timeout pytest-xdist reportlab
FUZZ_SECONDS ?= 20
FUZZ_RUNS ?= 20000
BIN = $(VENV)/bin

.PHONY: check test pythons test-lowest test-ocr licences fuzz coverage nightly benchmark schemas notebooks docs pictures clean

check: $(VENV)/.installed
	$(BIN)/python -m govstats check --samples --fail-on never

test: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n auto

pythons:
	@for python in $(PYTHONS); do \
		if $$python --version >/dev/null 2>&1; then $(MAKE) PYTHON=$$python VENV=.venv-$$python test || exit 1; \
		else echo "no $$python here: not tested with it"; fi; \
	done

test-lowest: $(VENV)/.installed-for-tests
	$(PYTHON) -m venv .venv-lowest
	$(BIN)/python -m tests.lowest > .venv-lowest/lowest.txt
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check -c .venv-lowest/lowest.txt \
		-e ".[dask,duckdb,plot,serve]" $(LOWEST_TOOLS)
	.venv-lowest/bin/python -m pytest -n auto -W default::DeprecationWarning \
		--ignore tests/project --ignore tests/serve/test_browser.py \
		--deselect tests/catalog/test_formats.py::test_exported_schemas_are_not_stale

test-ocr: .venv-ocr/.installed-for-tests
	.venv-ocr/bin/python -m pytest -rs tests/readers/test_picture.py tests/readers/test_scanfactory.py tests/proving

licences: $(VENV)/.installed-for-tests
	@$(BIN)/python -m tests.licences

fuzz: $(VENV)/.installed-for-fuzz
	$(BIN)/python -m tests.fuzz --runs $(FUZZ_RUNS) --seconds $(FUZZ_SECONDS)

coverage: $(VENV)/.installed-for-tests
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

nightly: $(VENV)/.installed-for-tests
	GOVSTATS_NIGHTLY=1 $(BIN)/python -m pytest -n auto -rP tests/readers/test_matrix.py tests/readers/test_damage.py
	GOVSTATS_NIGHTLY=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto -rP tests/diagnosis tests/checks/test_doors.py
	GOVSTATS_NIGHTLY=1 $(BIN)/python -m pytest -rP --timeout 1800 tests/correction
	GOVSTATS_NIGHTLY=1 $(BIN)/python -m pytest -rP --timeout 7200 \
		tests/corpus/test_ledger.py tests/corpus/test_kills.py tests/corpus/test_many_at_once.py tests/serve/test_visitors.py
	$(MAKE) test-ocr
	.venv-ocr/bin/python -m tests.scanfactory --folder .scans
	$(MAKE) FUZZ_SECONDS=300 FUZZ_RUNS=100000 fuzz
	GOVSTATS_PARAGRAPHS=10000 $(BIN)/python -m pytest -rP tests/prose/test_paragraphs.py

benchmark: $(VENV)/.installed-for-tests
	$(BIN)/python benchmarks/relations.py
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/containers.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/diagnosis.py
	$(BIN)/python benchmarks/prose.py
	$(BIN)/python benchmarks/panel.py
	$(BIN)/python benchmarks/ratios.py
	$(BIN)/python benchmarks/places.py
	$(BIN)/python benchmarks/rendering.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/serving.py

schemas: $(VENV)/.installed-for-tests
	$(BIN)/python -m govstats.cli.exports

notebooks: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.notebooks

docs: $(VENV)/.installed-for-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

pictures: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.pictures

clean:
	rm -rf $(VENV) build site dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-for-tests: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

.venv-ocr/.installed-for-tests: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv-ocr
	.venv-ocr/bin/python -m pip install --quiet --disable-pip-version-check -e ".[ocr,test]"
	touch $@

$(VENV)/.installed-for-fuzz: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test,fuzz]"
	touch $@

$(VENV)/.installed-for-docs: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[docs]"
	touch $@
