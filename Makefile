# What one does with this repository. `make` alone lists it.

PYTHON = python3
BIN = .venv/bin
ENVIRONMENT = $(PYTHON) tools/environment.py
PYTHON_VERSION = 3.11

# Settings of `make new`, handed on through the environment, so that any path will do.
export DEST ANSWERS FRAMEWORK PURPOSE

# Where it is set, every Python that a test starts compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL = help
.PHONY: help new feature row test nightly fast lint lock pages vendor screenshots bench

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1	\2/p' Makefile | expand -t 18

new: ## Make a project and start it [DEST=../my-project ANSWERS=answers.yml FRAMEWORK=flask PURPOSE=site]
	@$(PYTHON) tools/new.py

feature: ## List the features, or all files of one [NAME=cache]
	@$(ENVIRONMENT)
	@$(BIN)/python tools/feature.py $(NAME)

row: ## Write, install and check one combination of answers [ROW=flask-everything PYTHON_VERSION=3.13 TEST=tests/test_notes.py]
	@$(ENVIRONMENT)
	@$(BIN)/python tools/row.py "$(ROW)" "$(PYTHON_VERSION)" "$(TEST)"

test: lint ## Run everything, as CI does: lint, render, install, type-check, test, boot, update, browse
	@$(PYTHON) tools/run_tests.py

nightly: ## Run projects with each part alone and every pair, on both Pythons, and each that comes later (hours)
	@NIGHTLY=1 $(PYTHON) tools/run_tests.py -m "project or update"

fast: ## Run the tests that need no installed project (a minute)
	@$(ENVIRONMENT)
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not project and not update and not browser and not planted"

lint: ## Check this repository's own code and workflows
	@$(ENVIRONMENT)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --pedantic .github

lock: ## Write requirements.lock anew from pyproject.toml, with the newest versions
	@$(ENVIRONMENT) uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --group dev --output-file requirements.lock

pages: ## Write the plain twin of each page that is marked for translation
	@$(ENVIRONMENT)
	@$(BIN)/python tools/unmark.py

vendor: ## Fetch the style sheets and scripts that projects carry [npm]
	@$(ENVIRONMENT)
	@$(BIN)/python tools/vendor.py

screenshots: ## Take the pictures of the README anew, to be looked at [CHROMIUM=path]
	@$(ENVIRONMENT)
	@$(BIN)/python tools/screenshots.py

bench: ## Measure how long a copy takes, and what a request costs
	@$(ENVIRONMENT)
	@for script in benchmarks/*.py; do $(BIN)/python $$script; done
