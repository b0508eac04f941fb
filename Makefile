# The commands of the project. `make help` prints the lines marked ##.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# one process more than processors, since a test that drives a browser waits half of its time; four at most
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -lt 4 ] && echo $$((n + 1)) || echo 4)
# the tests start a hundred Pythons: each reads what the first one compiled, also where the environment says not to keep it
test quick: export PYTHONDONTWRITEBYTECODE :=

.PHONY: bodies producers outside goldens prose sentences help site test quick check serve derive lint types bench check-bench export-bench scale-bench bench-100k find-bench lighthouse frames bulk measure linear fuzz patterns kills typos mutate damage payloads forms picks engines screenshots tools lock typed clean
.DEFAULT_GOAL := help

# what a person needs while editing rules or records; it opens no browser and builds no site
QUICK := tests/findings/test_catalogue.py tests/cleaning/test_rules.py tests/extraction/test_dates.py tests/extraction/test_people.py tests/extraction/test_stance.py tests/structure/test_lists_and_flags.py tests/cleaning/test_documents.py tests/cleaning/test_seeds.py tests/records tests/graph tests/test_walls.py

help:  ## print this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(VENV)/.site  ## set up, check, build the site in site/, and write the bulk exports
	@$(BIN)/normbook export

# packages and programs come from two places, so they are installed at the same time
test:  ## set up and run all tests, including those in a browser
	@$(MAKE) --no-print-directory --jobs 2 $(VENV)/.dev tools
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

quick: $(VENV)/.dev  ## test rules, records, schemas and findings, without building pages (a minute)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder --no-site $(QUICK)

check: $(VENV)/.dev lint types  ## lint, types, data and a strict build, without tests
	@$(BIN)/normbook check --count
	@$(BIN)/normbook export

serve: $(VENV)/.site  ## serve the site locally; rebuild and reload on changes
	@$(BIN)/normbook serve

derive: $(VENV)/.site  ## write data/derived/ after a change of rules or corrections
	@$(BIN)/normbook derive

goldens: $(VENV)/.dev  ## digests of all outputs; CHECKOUTS="OLD NEW" compares two commits (minutes)
	@$(BIN)/python -m tools.goldens $(CHECKOUTS)

prose: $(VENV)/.dev  ## lint the English of documents and messages (proselint, and our own list: tools/prose.toml)
	@$(BIN)/python -m tools.prose

sentences: $(VENV)/.dev  ## draw 100 sentences of the built site, to be read aloud (SEED=1)
	@$(BIN)/python -m tools.sentences --seed $(or $(SEED),1)

lint: $(VENV)/.dev  ## ruff: lint and format
	@$(BIN)/ruff check scripts tests tools benchmarks
	@$(BIN)/ruff format --check --quiet scripts tests tools benchmarks

types: $(VENV)/.dev  ## mypy --strict over the package
	@$(BIN)/mypy

bench: $(VENV)/.dev  ## compare speed with other tools, by hand (minutes)
	@$(BIN)/python -m benchmarks

check-bench: $(VENV)/.dev  ## compare the check with check-jsonschema, with 1,000 and 10,000 records, by hand (minutes)
	@$(BIN)/python -m benchmarks.check

export-bench: $(VENV)/.dev  ## compare bulk exports with other writers, with 1,000 and 10,000 records, by hand (minutes)
	@$(BIN)/python -m benchmarks.exports

scale-bench: $(VENV)/.dev  ## build RECORDS=10000 records beside commit 5222c95 and Hugo, by hand (an hour; goes on where it stopped)
	@$(BIN)/python -m benchmarks.scale --records $(or $(RECORDS),10000) --runs $(or $(RUNS),3)

bench-100k: $(VENV)/.dev  ## generate, check and build 100,000 records once, by hand (hours; 20 GB of disk)
	@$(BIN)/python -m benchmarks.scale --records 100000 --runs 1 --alone

find-bench: $(VENV)/.dev site tools  ## compare the search with the theme's index and Pagefind, with 10, 1,000 and 10,000 records, by hand
	@$(BIN)/python -m benchmarks.search

bulk: $(VENV)/.dev  ## compare bulk cleaning with a plain process pool, and measure memory as the input grows, by hand
	@$(BIN)/python -m benchmarks.bulk

measure: $(VENV)/.dev  ## precision and recall on our documents and on injected noise, and other libraries' tests (needs the registry)
	@$(BIN)/python -m tools.measure --peers

linear: $(VENV)/.dev  ## time cleaning on adversarial texts of up to 8 MB, by hand (minutes)
	@$(BIN)/python -m benchmarks.linear

patterns: $(VENV)/.dev  ## search all patterns for catastrophic backtracking, by hand (minutes)
	@$(BIN)/python -m tools.patterns

kills: $(VENV)/.dev  ## kill each writing command 1,000 times, and bulk cleaning 200 times, and look for damage, by hand (hours)
	@$(BIN)/python -m tools.kills

typos: $(VENV)/.dev  ## measure how often the right word is suggested for typos in keys, values and ids
	@$(BIN)/python -m tools.typos

damage: $(VENV)/.dev  ## read damaged copies of web pages, Word documents and PDF files (a minute)
	@$(BIN)/python -m tools.damage

mutate: $(VENV)/.dev  ## check and render 100,000 mutated records, by hand (an hour)
	@$(BIN)/python -m tools.mutations --jobs 2

payloads: $(VENV)/.dev tools  ## put sixty XSS payloads into every text field and open all pages in Chromium, by hand (minutes)
	@$(BIN)/python -m tools.payloads

forms:  ## bundle the libraries of the form that proposes changes, after a change of a schema or of their versions (needs Node.js and npm)
	@cd tools/forms && npm ci --silent && node bundle.mjs

picks: $(VENV)/.dev tools  ## make 500 random selections with the picker of quotations and check what it gives (a minute)
	@NORMBOOK_PICKS=500 $(BIN)/python -m pytest -q -n0 tests/browser/test_picker.py -k random

bodies: $(VENV)/.intake  ## compare the bodies of web pages with those of other readers, from CLONES, by hand (minutes; tools/compare_bodies.py)
	@PYTHONPATH=scripts $(VENV)/intake/bin/python -m tools.compare_bodies --clones $(CLONES)

producers: $(VENV)/.intake tools  ## read files of each kind by the programs that people use, and look each line up with a second reader (minutes; PUBLIC=DIR adds tools/public_files.toml)
	@PYTHONPATH=scripts:. $(VENV)/intake/bin/python -W ignore -m tools.producers $(if $(PUBLIC),--public $(PUBLIC))

engines: $(VENV)/.engines  ## compare the results of Dask with those of local processes
	@$(BIN)/python -m tools.engines

fuzz: $(VENV)/.dev  ## property tests of ledger and schema changes with 100,000 cases each, of readers and messages with 1,000, by hand (an hour)
	@NORMBOOK_FUZZ=100000 $(BIN)/python -m pytest -q tests/text/test_ledger_laws.py tests/records/test_contract_compatibility.py tests/cli/test_formats.py tests/intake tests/records/repair tests/workspace/test_load.py tests/workspace/test_new.py

lighthouse: $(VENV)/.dev site tools  ## Lighthouse scores, medians of five runs, by hand (minutes; needs Node.js and npm)
	@$(BIN)/python -m tools.lighthouse

outside: $(VENV)/.dev site  ## read the published files with other people's tools, by hand (minutes; needs Node.js and npm)
	@$(BIN)/python -m tools.outside

frames: $(VENV)/.dev  ## build with Zensical and properdocs instead of mkdocs, and print the differences; may fail
	@$(BIN)/python -m tools.frames

screenshots: $(VENV)/.dev site tools  ## write screenshots of every page type to build/screenshots
	@$(BIN)/python -m tools.screenshots

tools:  ## install what tests need: Chromium and a Java runtime (Debian packages, when root)
	@sh tests/tools.sh

lock: $(VENV)/.dev  ## update the lock files from pyproject.toml
	@sh scripts/lock.sh

typed: $(VENV)/.dev  ## update the types of the reader from the schemas
	@$(BIN)/python scripts/typed.py

clean:  ## remove build output (not .venv)
	rm -rf build site

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is `$(PYTHON) --version`. Install it, or name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "the module venv is missing: install it (Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what the site needs"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# without compiling: the tests import a fifth of these files, and Python compiles those when it first imports them
$(VENV)/.dev: requirements-dev.lock requirements-tei.lock $(VENV)/.site
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --no-compile --require-hashes --no-deps --no-build-isolation --requirement requirements-tei.lock
	@touch $@

# beside the other packages, since these ask for other versions of some
$(VENV)/.intake: requirements-intake.lock $(VENV)/.site
	@echo "installing other readers and producers of files"
	@$(PYTHON) -m venv $(VENV)/intake
	@$(VENV)/intake/bin/python -m pip install --quiet --require-hashes --no-deps --requirement requirements-intake.lock
	@touch $@

$(VENV)/.engines: requirements-engines.lock $(VENV)/.dev
	@echo "installing Dask"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-engines.lock
	@touch $@
