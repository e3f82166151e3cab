# Every target does its own set-up; on a fresh Debian 12 only git, make and python3 are needed.

VENV := .venv
RUN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV)/bin
CASES ?= ../shared/conformance
WORKERS ?= auto
SPREAD := --numprocesses=$(WORKERS) --dist=worksteal
GATED := $(addprefix tests/unit/,kernel protocol vault records forms plan sync)
TEXTS := $(wildcard locale/*/LC_MESSAGES/*.po)

# Without bytecode each of the many processes that the tests start would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help monkey forms-reference setup demo test test-long coverage mutants conformance lint bench bench-vault bench-sync bench-year bench-ui bench-forms run clean \
	format texts lock screenshots fuzz

help:            ## Say what there is
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.ready $(VENV)/.texts    ## Set up the virtual environment and the catalogues

$(VENV)/.ready: packaging/requirements.lock packaging/setup.sh packaging/system_packages.sh pyproject.toml
	bash packaging/setup.sh

$(VENV)/.texts: $(VENV)/.ready $(TEXTS) packaging/catalogues.py packaging/packaging_texts.py
	$(VENV)/bin/python packaging/catalogues.py compile
	touch $@

demo: setup      ## The main job from interview to handover, to be watched
	$(VENV)/bin/python -m demo

test: setup      ## All tests but the long ones, against the real SQLite, crypto, server, screens and fonts
	$(RUN)/python -m pytest $(SPREAD) -m "not long"

test-long: setup ## The demonstrations, the crash run, disks that fail, damaged forms, every example of a property, PostgreSQL
	OPMAAT_EXAMPLES=all $(RUN)/python -m pytest $(SPREAD) -m "long or hypothesis"

.PHONY: explore
explore: setup   ## Examples of every property that were never tried before; what fails becomes an @example: ONLY='histories'
	OPMAAT_EXAMPLES=new $(RUN)/python -m pytest $(SPREAD) -m hypothesis $(if $(ONLY),-k "$(ONLY)")

coverage: setup  ## The gate: every branch of the packages below, taken by the tests of their own folders
	$(VENV)/bin/coverage erase
	$(RUN)/python -m pytest $(SPREAD) -m "not long and not hypothesis" $(GATED) --cov --cov-report=
	$(VENV)/bin/python packaging/coverage_gate.py

mutants: setup   ## Change the code in small ways and see whether a test notices (hours): ONLY='protocol.encoding*'
	$(RUN)/mutmut run $(ONLY)
	$(VENV)/bin/mutmut results

conformance: setup  ## Recorded cases of public ODK engines: CASES=DIR, JSON=1
	$(VENV)/bin/python -m tests.conformance $(CASES) $(if $(JSON),--json) $(if $(FLOOR),--floor $(FLOOR) --explained docs/forms-conformance.md)

.PHONY: crash
monkey: setup    ## Ten thousand random events over all screens, twenty times five hundred
	OPMAAT_MONKEY=all $(RUN)/python -m pytest $(SPREAD) tests/ui/monkey

crash: setup     ## Kill the process and cut the power at every single statement of a working day
	OPMAAT_CRASH=all $(RUN)/python -m pytest tests/crash

lint: setup      ## Formatting, lint, types, import contract, dead code, also what only tests call
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/vulture
	$(VENV)/bin/vulture protocol desktop server demo benchmarks packaging

INSTALLERS := PYTHONPATH=packaging:. $(VENV)/bin/python -m installers

.PHONY: deb server-deb windows packages test-packages
packages: deb server-deb windows    ## Everything that people install, in build/packages

deb: setup       ## The desktop as a Debian package: DEBIAN=bookworm (12) or trixie (13)
	bash packaging/system_packages.sh dpkg librsvg2-bin
	$(INSTALLERS).desktop_deb $(or $(DEBIAN),bookworm)

server-deb: setup ## The server as a Debian package: DEBIAN=bookworm (12) or trixie (13)
	bash packaging/system_packages.sh dpkg
	$(INSTALLERS).server_deb $(or $(DEBIAN),bookworm)

windows: setup   ## The desktop as an installer for Windows; how to sign it: docs/install/windows.md
	bash packaging/system_packages.sh nsis librsvg2-bin osslsigncode
	$(INSTALLERS).windows

test-packages: packages  ## Install each package in a bare system, work with it, remove it (root, minutes)
	bash packaging/system_packages.sh debootstrap appstream desktop-file-utils gcc-mingw-w64-x86-64-posix
	PYTHONPATH=packaging:. $(VENV)/bin/python -m pytest packaging/tests --timeout=3600 $(if $(ONLY),-k $(ONLY))

.PHONY: api-rules
api-rules: setup ## The published interface against the linter of the Dutch API design rules: RULESET=FILE
	bash packaging/api_rules/check.sh $(VENV)/bin/python $(RULESET)

bench: setup     ## Speed, each as a ratio against a peer or a physical limit
	bash packaging/system_packages.sh libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
	$(RUN)/python -m benchmarks

bench-vault: setup  ## Speed and size of a vault, each promise as a ratio
	$(RUN)/python -m benchmarks.vault

bench-sync: setup  ## Speed of pushing to and pulling from the server, each promise as a ratio: ONLY='push pull'
	bash benchmarks/peers/setup.sh
	$(RUN)/python -m benchmarks.sync $(ONLY)

bench-year: setup  ## A year of the whole country on one PostgreSQL (20 GB of disk, half an hour): CASES_A_YEAR=40000
	$(RUN)/python -m benchmarks.year --cases $(or $(CASES_A_YEAR),40000)

bench-ui: setup  ## What a person waits for on screen, beside a bare Qt form of as many widgets, and the memory
	$(RUN)/python -m benchmarks.ui

bench-forms: setup  ## Speed of the form engine on long forms and lists, beside other engines
	bash benchmarks/peers/setup.sh
	$(VENV)/bin/python -m benchmarks.forms

run: setup       ## The app itself
	$(VENV)/bin/opmaat

screenshots: setup  ## The pictures of every screen in docs/screens
	$(RUN)/python -m demo.pictures

fuzz: setup      ## Damaged forms of every kind, for SECONDS (600) from SEED (1)
	$(RUN)/python -W ignore -m tests.fuzz --seconds $(or $(SECONDS),600) --seed $(or $(SEED),1)

texts: setup     ## Extract new texts and merge them into every .po file, and into the lists of docs/forms.md
	$(VENV)/bin/python packaging/catalogues.py update
	PYTHONPATH=. $(VENV)/bin/python packaging/forms_reference.py update

forms-reference: setup  ## The lists in docs/forms.md and its example workbook, from the program
	PYTHONPATH=. $(VENV)/bin/python packaging/forms_reference.py update

format: setup    ## Format the code
	$(VENV)/bin/ruff format .

lock: setup      ## Make the lock file anew
	PATH=$(CURDIR)/$(VENV)/bin:$$PATH bash packaging/lock.sh

clean:           ## Remove everything that was made
	rm -rf $(VENV) build mutants dist benchmarks/peers/node_modules *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
	rm -rf locale/en_XA locale/ar_XB
