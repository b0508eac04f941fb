#!/bin/sh
# Writes the lock files: packages, versions and hashes alone, no address.
set -eu
pin() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate "$@"
}
pin --extra build pyproject.toml --output-file requirements.lock
pin --extra build --extra dev pyproject.toml --output-file requirements-dev.lock
pin --extra build --extra dev --extra parquet --extra dask pyproject.toml --output-file requirements-engines.lock
pin --extra intake pyproject.toml --output-file requirements-intake.lock
# requirements-tei.lock stays as it is: the one package that ships TEI's own schema asks for an old lxml, so it is installed alone
