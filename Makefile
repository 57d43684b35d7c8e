# `make demo` and `make test` need Python 3.11 or newer, with venv, and make: they set up the rest in .venv.
# Why it is done this way: docs/decisions/0001-tools-and-lock-file.md

PYTHON ?= python3
WORKERS ?= 2
ARGS ?=

VENV := .venv
ALONE := .venv-noortools
LOCKING := .venv-lock
SITE := .venv-docs
OFFLINE := .venv-offline
WHEELS := wheels
VERSION := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' src/safeschedule/__init__.py)
RELEASE := .venv-release
UV_VERSION := 0.13.9
# Tools of a release alone: in an environment of their own, so that no lock file needs them.
CYCLONEDX_VERSION := 7.5.0
PIP_LICENSES_VERSION := 5.5.5
# Parts of the names of licences that dependencies may have: permissive ones, and MPL and LGPL, whose libraries are
# installed beside this one, unchanged, and imported.
LICENCES := MIT;BSD;Apache;ISC;PSF;Python Software Foundation;Zlib;Unlicense;0BSD;MPL;Mozilla;LGPL;Lesser General Public

# Wheels only, at the versions and hashes of the lock files: nothing else is fetched, nothing is compiled.
INSTALL_LOCKED := -m pip install --quiet --require-hashes --only-binary :all:
INSTALL_PROJECT := -m pip install --quiet --no-deps --no-build-isolation --editable .
# Without their dependencies: a solver whose engine is missing says so, and its tests are skipped.
PLUG_INS := $(wildcard solvers/*/pyproject.toml)
INSTALL_PLUG_INS := -m pip install --quiet --no-deps --no-build-isolation \
	$(foreach file,$(PLUG_INS),--editable ./$(dir $(file)))

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Without compiled files, each of hundreds of processes that tests start would compile the library anew.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.PHONY: help demo test test-slow test-long test-all test-hours test-verifier-alone test-pydantic lint format types contracts docs-rules docs-plots docs dist wheels offline sbom licences check lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "make %-20s %s\n", $$1, $$2}'

demo: $(VENV)/project.stamp ## plan a sample team's week, into demo-out/
	$(VENV)/bin/safeschedule demo --out demo-out --overwrite

PYTEST := $(VENV)/bin/python -m pytest -n $(WORKERS) --dist loadgroup

test: $(VENV)/dev.stamp $(VENV)/project.stamp ## run the quick tests (ARGS="-k word" for some of them)
	$(PYTEST) -m "not slow and not long" $(ARGS)

test-slow: $(VENV)/dev.stamp $(VENV)/project.stamp ## run the slow tests, the long ones aside
	$(PYTEST) -m "slow and not long" $(ARGS)

test-long: $(VENV)/dev.stamp $(VENV)/project.stamp ## run the long tests
	$(PYTEST) -m long $(ARGS)

test-all: test test-slow test-long ## run every test but those that take hours

test-hours: $(VENV)/dev.stamp $(VENV)/project.stamp ## run the tests that take hours, and all others more thoroughly
	SAFESCHEDULE_LONG=1 $(PYTEST) $(ARGS)

test-verifier-alone: $(ALONE)/project.stamp ## run the verifier's tests where ortools is not installed
	@$(ALONE)/bin/python -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('ortools') and 'ortools is installed in $(ALONE)')"
	$(ALONE)/bin/python -m pytest tests/verifier $(ARGS)

# A limit that a version loses lets a full-time equivalent of 8 through: the oldest and the newest are tried.
PYDANTIC := 2.9.0 $(shell sed -n 's/^pydantic==\([0-9.]*\).*/\1/p' requirements.lock)

test-pydantic: $(VENV)/dev.stamp $(VENV)/project.stamp ## run the tests of what is read with the oldest and newest pydantic
	for version in $(PYDANTIC); do \
		$(VENV)/bin/python -m pip install --quiet --upgrade --target .venv-pydantic/$$version "pydantic==$$version" && \
		PYTHONPATH=.venv-pydantic/$$version $(VENV)/bin/python -m pytest -m "not slow and not long" tests/problem/test_limits.py \
			tests/problem/test_reading.py tests/problem/test_broken_input.py tests/exchange tests/edge $(ARGS) || exit 1; \
	done

lint: $(VENV)/dev.stamp ## check style and format
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check

format: $(VENV)/dev.stamp ## mend style and format where ruff can
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

types: $(VENV)/dev.stamp ## check the types
	$(VENV)/bin/mypy src benchmarks $(wildcard solvers/*/src)

contracts: $(VENV)/dev.stamp ## check who may import whom
	$(VENV)/bin/lint-imports

docs-rules: $(VENV)/dev.stamp $(VENV)/project.stamp ## write docs/rules/ and the pages of presets, ledger, frames and search parameters anew
	$(VENV)/bin/python -m docs.generate_rules
	$(VENV)/bin/python -m docs.generate_fhir
	$(VENV)/bin/python -m docs.generate_presets
	$(VENV)/bin/python -m docs.generate_ledger
	$(VENV)/bin/python -m docs.generate_frames
	$(VENV)/bin/python -m docs.generate_parameters
	$(VENV)/bin/python -m docs.generate_study

docs-plots: $(VENV)/dev.stamp $(VENV)/project.stamp ## draw the pictures of docs/howto/plots.md anew
	$(VENV)/bin/python -m docs.generate_plots

docs: $(SITE)/project.stamp ## build the documentation site, into build/site/html
	$(SITE)/bin/python -m docs.site $(WORKERS)

dist: $(VENV)/dev.stamp $(VENV)/project.stamp ## build the wheel and the source archive, into dist/
	rm -rf dist
	$(VENV)/bin/python -m build --no-isolation --outdir dist

# What is locked is fetched once; what is made here, each time.
wheels: $(WHEELS)/locked.stamp ## gather all that an installation without network needs, into wheels/
	$(VENV)/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(WHEELS) . $(foreach file,$(PLUG_INS),./$(dir $(file)))
	@touch $(WHEELS)/wheels.stamp

offline: wheels $(OFFLINE)/project.stamp ## install from wheels/ alone, and try what was installed
	$(OFFLINE)/bin/python -I tests/packaging/try_offline.py

sbom: $(RELEASE)/tools.stamp ## list what an installation with all extras brings, as CycloneDX, into build/
	@mkdir -p build
	sed 's/^dynamic = \["version"\].*/version = "$(VERSION)"/' pyproject.toml > build/pyproject.toml
	$(RELEASE)/bin/cyclonedx-py requirements requirements-all.lock --pyproject build/pyproject.toml --output-reproducible \
		--output-format JSON --output-file build/safeschedule.cdx.json

licences: $(RELEASE)/tools.stamp $(OFFLINE)/project.stamp ## check the licences of what an installation with all extras brings
	$(RELEASE)/bin/pip-licenses --python $(OFFLINE)/bin/python --from mixed --with-system --order license \
		--ignore-packages pip setuptools --partial-match --allow-only "$(LICENCES)"

check: test-all test-verifier-alone lint types contracts ## all of the checks

# One `make lock` keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE = $(LOCKING)/bin/uv pip compile pyproject.toml --no-config --system-certs --quiet --universal --python-version 3.11 \
	--generate-hashes --only-binary :all: --custom-compile-command "make lock" $(UPGRADE)

lock: $(LOCKING)/uv-$(UV_VERSION).stamp ## work out the lock files again from pyproject.toml
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --all-extras --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --all-extras --constraint requirements-dev.lock --output-file requirements-all.lock
	$(COMPILE) --group docs --all-extras --constraint requirements-dev.lock --output-file requirements-docs.lock
	printf "%s; python_version < '3'\n" highspy ortools | $(COMPILE) --group build --group test --override - \
		--constraint requirements-dev.lock --output-file requirements-verifier.lock

clean: ## remove what was set up and made here
	rm -rf $(VENV) $(ALONE) $(LOCKING) $(SITE) $(OFFLINE) $(RELEASE) demo-out build dist $(WHEELS)
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find benchmarks docs src tests solvers -name __pycache__ -prune -exec rm -rf {} +

define NEW_VENV
@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	echo "SafeSchedule needs Python 3.11 or newer. Maybe name one: make PYTHON=python3.13 ..." >&2; exit 1; }
@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || { \
	echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
$(PYTHON) -m venv --clear $(@D)
endef

# A changed lock file makes its environment anew, so that nothing stays behind that the lock no longer names.
$(VENV)/runtime.stamp: requirements.lock
	@echo "Setting up $(VENV) (once; about 100 MB to download) ..."
	$(NEW_VENV)
	$(VENV)/bin/python $(INSTALL_LOCKED) -r requirements.lock
	@touch $@

$(VENV)/project.stamp: $(VENV)/runtime.stamp pyproject.toml
	$(VENV)/bin/python $(INSTALL_PROJECT)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements-dev.lock $(PLUG_INS) | $(VENV)/project.stamp
	@echo "Adding the tools for tests and checks (once) ..."
	$(VENV)/bin/python $(INSTALL_LOCKED) -r requirements-dev.lock
	$(VENV)/bin/python $(INSTALL_PLUG_INS)
	@touch $@

$(ALONE)/project.stamp: requirements-verifier.lock pyproject.toml
	@echo "Setting up $(ALONE) (once) ..."
	$(NEW_VENV)
	$(ALONE)/bin/python $(INSTALL_LOCKED) -r requirements-verifier.lock
	$(ALONE)/bin/python $(INSTALL_PROJECT)
	@touch $@

$(SITE)/project.stamp: requirements-docs.lock pyproject.toml
	@echo "Setting up $(SITE) (once) ..."
	$(NEW_VENV)
	$(SITE)/bin/python $(INSTALL_LOCKED) -r requirements-docs.lock
	$(SITE)/bin/python $(INSTALL_PROJECT)
	@touch $@

# For the machine, the system and the Python that it is made with. Versions and hashes are those of the lock file.
$(WHEELS)/locked.stamp: $(VENV)/runtime.stamp requirements-all.lock
	rm -rf $(WHEELS)
	$(VENV)/bin/python -m pip download --quiet --require-hashes --only-binary :all: --dest $(WHEELS) -r requirements-all.lock
	@touch $@

$(WHEELS)/wheels.stamp:
	$(MAKE) wheels

# Nothing but the folder is looked at, so that whatever is missing in it shows.
$(OFFLINE)/project.stamp: $(WHEELS)/wheels.stamp
	$(NEW_VENV)
	$(OFFLINE)/bin/python -m pip install --quiet --no-index --find-links $(WHEELS) "safeschedule[all,dask,postgres]" \
		$(patsubst solvers/%/pyproject.toml,safeschedule-%,$(filter-out solvers/timefold/%,$(PLUG_INS)))
	@touch $@

$(RELEASE)/tools.stamp:
	$(NEW_VENV)
	$(RELEASE)/bin/python -m pip install --quiet --only-binary :all: \
		cyclonedx-bom==$(CYCLONEDX_VERSION) pip-licenses==$(PIP_LICENSES_VERSION)
	@touch $@

$(LOCKING)/uv-$(UV_VERSION).stamp:
	$(NEW_VENV)
	$(LOCKING)/bin/python -m pip install --quiet --only-binary :all: uv==$(UV_VERSION)
	@touch $@
