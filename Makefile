# Everything a developer does, each by one word. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run dev test test-quick test-long test-timing test-all test-many test-postgres \
	test-servers test-engines test-office test-wordpress test-wiki test-approved approve test-faults \
	test-short-faults test-fuzz fuzz check format data bundle lock clean environment development plotly

# Tests and tools start hundreds of processes; each would compile Dash, pandas and the rest anew.
unexport PYTHONDONTWRITEBYTECODE

python := .venv/bin/python
# Two processes, each with whole files of tests: what a file's tests share is made once. Files come
# in the order of tests/conftest.py, not by their number of tests.
parallel := --numprocesses=2 --dist=loadfile --no-loadscope-reorder
# Everything that serves; docs/deployment.md says what is left out, and why.
many := tests/many tests/operation tests/quiz tests/quiz_pages tests/pages tests/api tests/files \
	tests/pictures/test_renders.py tests/pictures/test_embed_faults.py tests/open_data \
	tests/browser/test_quiz_run.py tests/browser/test_quiz_steps.py \
	tests/browser/test_takeover.py tests/browser/test_journeys.py

quick := tests/components tests/contracts tests/data tests/factsheet tests/quiz
timing = $(shell grep -rl mark.timing --include="test_*.py" tests)
short_faults := tests/faults/test_killed.py tests/faults/test_disk.py

help: ## Say what each word does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment plotly ## Set up what is missing and serve the site (PORT, HOST, CITY, … as in .env.example)
	@exec $(python) app.py

dev: environment plotly ## Serve with reload: a changed page is seen within 3 s (PORT, HOST, CITY, …)
	@exec $(python) tools/dev.py

test-quick: development ## Run what needs no application, no build and no browser, within a minute
	@$(python) -m pytest -m "not (application or slow or long)" $(parallel) $(quick) $(ARGS)

test: development plotly ## Set up what is missing, a browser too, and run the tests (ARGS="-k quiz" for some)
	@sh tools/browser.sh
	@sh tools/nginx.sh
	@sh tools/packages.sh librsvg2-bin
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(python) -m pytest -m "not long" --ignore=tests/engines \
		--ignore=tests/office $(parallel) $(ARGS)

test-engines: development plotly ## Run journeys in Firefox and WebKit, and Explore in Chromium, too
	@sh tools/browser.sh
	@sh tools/packages.sh firefox-esr webkit2gtk-driver xvfb
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(python) -m pytest -m "not long" tests/engines $(ARGS)

test-office: development plotly ## Draw every kind of picture in LibreOffice, Inkscape and rsvg (2 minutes)
	@sh tools/packages.sh inkscape libreoffice-draw-nogui librsvg2-bin
	@$(python) -m pytest tests/office $(ARGS)

test-long: development plotly ## Run what makes `make test` wait: kills at every step, every page in a browser
	@sh tools/browser.sh
	@sh tools/packages.sh firefox-esr webkit2gtk-driver xvfb
	@EXAMPLES=300 $(python) -m pytest -m "long or hypothesis" $(parallel) $(ARGS)

test-approved: development plotly ## Compare pages with their approved pictures
	@sh tools/browser.sh
	@$(python) -m pytest tests/browser/approved $(ARGS)

approve: development plotly ## Renew the approved pictures that differ; look at them before they are committed
	@sh tools/browser.sh
	@$(python) -m pytest tests/browser/approved --approve $(ARGS)
	@git status --short tests/browser/approved

test-timing: development plotly ## Run the tests that time could break RUNS=20 times beside two busy processes
	@sh tools/browser.sh
	@sh tools/nginx.sh
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh tools/busy.sh $${RUNS:-20} \
		$(python) -m pytest -q -m "timing and not long" $(parallel) $(timing) $(ARGS)

test-postgres: test-many ## The same: the quiz on PostgreSQL is part of it

test-many: development plotly ## Run all that serves as several machines do (PostgreSQL and Redis)
	@sh tools/browser.sh
	@sh tools/nginx.sh
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh tools/postgres.sh sh tools/redis.sh \
		$(python) -m pytest $(parallel) $(many) $(ARGS)

test-servers: development plotly ## Run what needs PostgreSQL and Redis themselves, on both (a part of test-many)
	@sh tools/nginx.sh
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh tools/postgres.sh sh tools/redis.sh \
		$(python) -m pytest -m "not long" $(parallel) tests/many tests/quiz/test_store.py $(ARGS)

test-short-faults: development ## Kill and freeze processes and fill the disk (a part of test-faults)
	@TEST_DATABASE_URL= sh tools/postgres.sh sh tools/redis.sh \
		$(python) -m pytest -m "not long" $(short_faults) $(ARGS)

test-wordpress: development plotly ## Put charts into a real WordPress and look at them there
	@sh tools/browser.sh
	@sh tools/packages.sh wordpress wordpress-theme-twentytwentyone mariadb-server php-cli php-mysql \
		php-xml
	@$(python) -m pytest tests/browser/wordpress $(ARGS)

test-wiki: development plotly ## Let a real MediaWiki read the code for wikis
	@sh tools/packages.sh mediawiki php-cli php-sqlite3
	@$(python) -m pytest tests/wiki $(ARGS)

test-all: check test test-engines test-office test-wordpress test-wiki test-long test-approved test-many test-faults fuzz ## Run every test and every check (more than half an hour)

test-faults: development ## Break processes, disks, databases, clock and requests, and count the answers (5 minutes)
	@TEST_DATABASE_URL= sh tools/postgres.sh sh tools/redis.sh $(python) -m pytest tests/faults $(ARGS)

test-fuzz: development ## Ask everything at random, within 3 minutes
	@$(python) -m pytest tests/fuzz $(ARGS)

fuzz: development ## The same with ten times as many cases (CASES=50 for fifty times)
	@CASES=$${CASES:-10} $(python) -m pytest tests/fuzz $(ARGS)

check: development ## Check format, style, types, who imports whom, spelling, and known weaknesses
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive app.py data components quiz pages tools
	.venv/bin/hadolint Dockerfile
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/check.yml
	@sh tools/packages.sh hunspell hunspell-en-gb hunspell-ru
	$(python) tools/spelling/check.py
	@$(python) tools/audit.py

format: development ## Format the code and mend what can be mended safely
	$(python) -m ruff check --fix-only .
	$(python) -m ruff format .

data: environment ## Check the data tables
	$(python) -m data check

bundle: environment ## Build the small plotly.js from npm (needs node; the site runs without it)
	@$(python) tools/plotly_bundle/build.py

compile := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock"

lock: development ## Pin what pyproject.toml names (ARGS=--upgrade for newer versions)
	$(compile) $(ARGS) --output-file requirements.txt
	$(compile) $(ARGS) --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## Remove what the other words made, except the answers in var/
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache var/plotly
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh tools/environment.sh requirements.txt

development:
	@sh tools/environment.sh requirements-dev.txt

# Without node and npm this does nothing, and a failure is a notice: the full file serves as well.
plotly:
	@$(python) tools/plotly_bundle/build.py --if-possible
