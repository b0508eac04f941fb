# The commands of the project. `make help` prints the lines marked ##.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: goldens prose help site test quick check serve derive lint types bench check-bench export-bench find-bench lighthouse frames bulk measure linear fuzz patterns kills typos mutate payloads engines screenshots tools lock typed clean
.DEFAULT_GOAL := help

# what a person needs while editing rules or records; it opens no browser and builds no site
QUICK := tests/findings/test_catalogue.py tests/cleaning/test_rules.py tests/extraction/test_dates.py tests/extraction/test_people.py tests/extraction/test_stance.py tests/structure/test_lists_and_flags.py tests/cleaning/test_documents.py tests/cleaning/test_seeds.py tests/records tests/graph tests/test_walls.py

help:  ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(VENV)/.site  ## set up, check, build the site into site/, and write the data in bulk
	@$(BIN)/normbook export

test: $(VENV)/.dev tools  ## set up and run every test, the browser's included
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist loadscope --no-loadscope-reorder

quick: $(VENV)/.dev  ## the tests of rules, records, schemas and findings, without building or opening a page (half a minute)
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist loadscope --no-loadscope-reorder $(QUICK)

check: $(VENV)/.dev lint types  ## lint, types, data and the strict site, without the tests
	@$(BIN)/normbook check --count
	@$(BIN)/normbook export

serve: $(VENV)/.site  ## serve the site here; rebuild on change and reload the browser
	@$(BIN)/normbook serve

derive: $(VENV)/.site  ## write data/derived/ after a rule or a correction has changed
	@$(BIN)/normbook derive

goldens: $(VENV)/.dev  ## digests of all outputs; CHECKOUTS="OLD NEW" compares two commits (minutes)
	@$(BIN)/python -m tools.goldens $(CHECKOUTS)

prose: $(VENV)/.dev  ## the documents, read as a strict editor would (proselint, and a list of our own: tools/prose.toml)
	@$(BIN)/python -m tools.prose

lint: $(VENV)/.dev  ## ruff, rules and format
	@$(BIN)/ruff check scripts tests tools benchmarks
	@$(BIN)/ruff format --check --quiet scripts tests tools benchmarks

types: $(VENV)/.dev  ## mypy --strict over the package
	@$(BIN)/mypy

bench: $(VENV)/.dev  ## benchmarks beside their peers, by hand (minutes)
	@$(BIN)/python -m benchmarks

check-bench: $(VENV)/.dev  ## the check of 1,000 and 10,000 records, first and again, beside check-jsonschema, by hand (minutes)
	@$(BIN)/python -m benchmarks.check

export-bench: $(VENV)/.dev  ## each bulk form beside a peer that writes the same, at 1,000 and 10,000 records, by hand (minutes)
	@$(BIN)/python -m benchmarks.exports

find-bench: $(VENV)/.dev site tools  ## the search beside the theme's index and Pagefind, at 10, 1,000 and 10,000 records, by hand
	@$(BIN)/python -m benchmarks.search

bulk: $(VENV)/.dev  ## two jobs of bulk cleaning beside a bare process pool, and memory as the input grows, by hand
	@$(BIN)/python -m benchmarks.bulk

measure: $(VENV)/.dev  ## precision and recall on our own documents, on injected noise, and the peers' own tests (needs the registry)
	@$(BIN)/python -m tools.measure --peers

linear: $(VENV)/.dev  ## the time of cleaning on texts made to be slow, at 1, 2, 4 and 8 MB of the worst, by hand (minutes)
	@$(BIN)/python -m benchmarks.linear

patterns: $(VENV)/.dev  ## every pattern on lines in which one of its repeats is pumped: none may try every way through, by hand (minutes)
	@$(BIN)/python -m tools.patterns

kills: $(VENV)/.dev  ## every command that writes killed 1,000 times, at boundaries of calls that change files and at random moments, bulk cleaning 200 times, by hand (hours)
	@$(BIN)/python -m tools.kills

typos: $(VENV)/.dev  ## every single-letter typo of every key, listed value and id, and how many are told what was meant
	@$(BIN)/python -m tools.typos

mutate: $(VENV)/.dev  ## 100,000 mutated records, each checked and shown; the slowest and the largest, by hand (an hour)
	@$(BIN)/python -m tools.mutations --jobs 2

payloads: $(VENV)/.dev tools  ## sixty payloads in every text field, every page opened in Chromium without any policy, by hand (minutes)
	@$(BIN)/python -m tools.payloads

engines: $(VENV)/.engines  ## Dask, installed for this, gives the digest of this machine's own processes
	@$(BIN)/python -m tools.engines

fuzz: $(VENV)/.dev  ## the laws of the ledger and of changed schemas on 100,000 generated cases each, by hand (an hour)
	@NORMBOOK_FUZZ=100000 $(BIN)/python -m pytest -q tests/text/test_ledger_laws.py tests/records/test_contract_compatibility.py

lighthouse: $(VENV)/.dev site tools  ## Lighthouse, medians over five runs, by hand (minutes; needs Node.js and npm)
	@$(BIN)/python -m tools.lighthouse

frames: $(VENV)/.dev  ## the site framed by Zensical and by properdocs instead of mkdocs; may fail, and says what differs
	@$(BIN)/python -m tools.frames

screenshots: $(VENV)/.dev site tools  ## pictures of every page type into build/screenshots
	@$(BIN)/python -m tools.screenshots

tools:  ## the system's tools that tests need: Chromium and a Java runtime (Debian's packages when root)
	@sh tests/tools.sh

lock: $(VENV)/.dev  ## write the lock files again from pyproject.toml
	@sh scripts/lock.sh

typed: $(VENV)/.dev  ## write the types of the reader for users again from the schemas
	@$(BIN)/python scripts/typed.py

clean:  ## remove what a build makes (not .venv)
	rm -rf build site

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is `$(PYTHON) --version`. Install it, or name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "the module venv is missing: install it (Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what the site needs"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements-tei.lock $(VENV)/.site
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps --no-build-isolation --requirement requirements-tei.lock
	@touch $@

$(VENV)/.engines: requirements-engines.lock $(VENV)/.dev
	@echo "installing Dask"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-engines.lock
	@touch $@
