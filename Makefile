# Everything that is done to this project is one of these targets; `make` alone lists them.
# Only Python 3.11 or newer and make are needed beforehand.

BIN := .venv/bin
STAMPS := .venv/.stamps
ASSETS := src/entrepot/static/vendor/manifest.json

# The first interpreter that is new enough. Looked for only when a virtual environment has to be made.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(STAMPS)/runtime ## Make .venv and install the program into it, from hashed locks.

.PHONY: assets
assets: $(ASSETS) ## Fetch the pages' styles and scripts.

.PHONY: run
run: setup assets ## Start the shop on http://127.0.0.1:8080, with its own PostgreSQL in var/.
	@exec $(BIN)/entrepot serve

.PHONY: demo
demo: setup ## Play "Order processing with MSI" against the shop that `make run` serves, and show each step.
	@$(BIN)/python -m examples.inventory_tutorial --url http://$${ENTREPOT_HOST:-127.0.0.1}:$${ENTREPOT_PORT:-8080}

.PHONY: check
check: $(STAMPS)/dev $(ASSETS) node_modules/.package-lock.json browser ## Lint, type-check and test everything, as CI does.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n 2 --dist worksteal

.PHONY: format
format: $(STAMPS)/dev ## Lay out the code and put right what ruff can.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: bench
bench: $(STAMPS)/dev ## Measure throughput, latency and memory on this machine.
	$(BIN)/python -m bench

.PHONY: torture
torture: $(STAMPS)/dev $(ASSETS) ## Break a shop in every way there is, in 25 minutes; NIGHTLY=1 takes hours.
	$(BIN)/python -m torture $(if $(NIGHTLY),--nightly)

.PHONY: wheel
wheel: setup assets ## Build an installable wheel into dist/.
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: lock
lock: $(STAMPS)/dev ## Pin what pyproject.toml and requirements/*.in ask for; UPGRADE=1 takes newer versions.
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml requirements/dev.in --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(LOCK) requirements/build.in --constraint requirements/dev.txt --output-file requirements/build.txt
	$(LOCK) requirements/node.in --output-file requirements/node.txt

.PHONY: clean
clean: ## Remove what make has made; the shop's data in var/ stays.
	rm -rf .venv node_modules build dist src/entrepot/static/vendor
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find src tests tools torture -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps below are what makes a second `make run` start at once: each is newer than all it was made from.

$(STAMPS)/build: requirements/build.txt
	@test -n "$(PYTHON)" || { echo "entrepot needs Python 3.11 or newer; set PYTHON to where it is." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo "Installing the build tools"
	@$(PIP) install --require-hashes --requirement requirements/build.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/runtime.txt pyproject.toml $(STAMPS)/build
	@echo "Installing entrepot"
	@$(PIP) install --require-hashes --requirement requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/runtime
	@echo "Installing the tools of make check"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(ASSETS): package-lock.json tools/assets.py | $(STAMPS)/build
	@echo "Fetching styles and scripts"
	@$(BIN)/python tools/assets.py

# Tests read axe-core from here, which the pages do not need.
node_modules/.package-lock.json: package-lock.json | $(STAMPS)/build
	@$(BIN)/python tools/assets.py

# The browser tests drive the system's Chromium, so that nothing is downloaded outside the system's packages.
.PHONY: browser
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; \
	done; \
	if ! command -v apt-get >/dev/null; then \
		echo "The browser tests need Chromium; please install it." >&2; exit 1; \
	fi; \
	sudo=$$(test "$$(id -u)" = 0 || echo "sudo -n"); \
	echo "Installing Chromium"; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
