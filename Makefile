# Needs Python >= 3.11, a C++ compiler and make (and perl for the tests); everything else goes into
# .venv.
PYTHON ?= python3
# What is installed: of these versions whatever the index has, or, with requirements-hashed.lock, only
# files whose SHA-256 is listed.
LOCK ?= requirements.lock
VENV := .venv
BIN := $(VENV)/bin
PAPER := paper-roberta paper-opt paper-pool
PRESETS := $(PAPER) row-pool spread wide mezo
# A pool read from any number on is gates without end in standard cells; one of rows is not.
COMPARED := mezo paper-roberta paper-opt $(if $(LIBERTY),row-pool,paper-pool) spread wide
# Not among what every install needs.
MUTATION := cosmic-ray==8.7.0 coverage==7.17.5 psutil==7.1.3

# Compiled files are kept whatever the caller's environment says: each of many processes would compile
# everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-newest check lint mutants bench install install-mutants rtl registers table6 power layers \
	figures gaussian experiments record-figures modules diagrams docs lock clean

## demo: generate the paper's three configurations and check the very files in a simulator
demo: install
	$(BIN)/pezo generate $(PAPER) -o build/demo
	$(BIN)/pezo verify $(PAPER) --rtl build/demo
	@echo "The Verilog for Vivado is in build/demo."

## test: everything, on Verilator and (where it is installed) on Icarus
test: install
	$(BIN)/pytest -n auto

## test-newest: the most telling of it, of the wheel, on the newest Python that is installed here
test-newest: install
	.ci/newest

## check: style, types and every test that is not slow, for between two changes
check: lint
	$(BIN)/pytest -n auto -m "not slow" --durations=10 --durations-min=2

## lint: style and types
lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

## mutants: break single lines, one at a time, and see whether the tests notice (about half an hour)
mutants: install-mutants
	$(BIN)/python -m tests.mutants $(MUTANTS)

## bench: how fast the stream is, beside what else there is (PyTorch where it is installed)
bench: install
	$(BIN)/pezo bench

## rtl: write the checked-in Verilog of the presets anew
rtl: install
	$(BIN)/pezo generate $(PRESETS) -o rtl_out

## registers: write the driver's tables and the page of the registers anew
registers: install
	$(BIN)/python -m pezo_hw.registers

## table6: measure the paper's table 6 anew and write it for the documentation
table6: install
	$(BIN)/pezo table6 --record tests/table6/behaviour.json -o docs/table6.md --into README.md \
		--plot docs/images/table6.svg

## power: measure toggles anew and write them for the documentation; in cells: make power LIBERTY=FILE CLOCK=MHZ
power: install
	$(BIN)/pezo power --compare $(COMPARED) --into docs/power.md \
		$(if $(LIBERTY),--liberty $(LIBERTY) --clock $(CLOCK))

## layers: measure anew what each layer around the core costs, and write it for the documentation
layers: install
	$(BIN)/pezo layers -o docs/layers.md

## figures: compare what the cores take with what was recorded
figures: install
	$(BIN)/pezo figures tests/synth/figures.json

## record-figures: record what the cores take, where a change is wanted
record-figures: install
	$(BIN)/pezo figures tests/synth/figures.json --record

## modules: write the documentation's tables of modules anew, from the docstrings
modules: install
	$(BIN)/python docs/tools/module_table.py

## gaussian: measure anew how Gaussian each generator's numbers are, and write table and plot
gaussian: install
	$(BIN)/python docs/tools/gaussian_page.py

## experiments: write the tables and plots of docs/experiments.md anew, from the records of its runs
experiments: install
	$(BIN)/python docs/tools/experiments_page.py

## diagrams: simulate the systems and draw the documentation's timing diagrams anew
diagrams: install
	$(BIN)/python docs/tools/timing_diagrams.py
	$(BIN)/python docs/tools/generator_at_work.py

## docs: the documentation as a site, in build/site, every link checked (to read it: .venv/bin/mkdocs serve)
docs: install
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-docs.lock
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

install: $(VENV)/installed

install-mutants: install
	@$(BIN)/pip install --quiet --disable-pip-version-check $(MUTATION)

$(VENV)/installed: pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit("Python >= 3.11 is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo 'Installing into $(VENV) (about half a minute) ...'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -r $(LOCK)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) build

## lock: resolve the pinned versions anew (needs uv)
lock:
	uv pip compile pyproject.toml --group dev --extra pnr --universal --no-annotate --no-header \
		--no-emit-index-url --upgrade -o requirements.lock
	uv pip compile pyproject.toml --group dev --extra pnr --constraint requirements.lock --universal --no-annotate \
		--no-header --no-emit-index-url --generate-hashes -o requirements-hashed.lock
	uv pip compile --group docs --constraint requirements.lock --universal --no-annotate --no-header \
		--no-emit-index-url --generate-hashes --upgrade -o requirements-docs.lock
