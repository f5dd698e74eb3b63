# Two commands matter: `make run` and `make test`. Everything they make stays inside this checkout.

PYTHON ?= python3
PORT ?= 8000
IN := .venv/bin/python

.PHONY: run test lint format bench lock events messages wheel clean environment workshop

run: environment
	@exec env PORT=$(PORT) $(IN) scripts/run.py

test: workshop
	@exec $(IN) scripts/test.py $(PARTS)

lint: workshop
	@$(IN) scripts/lint.py

format: workshop
	@$(IN) -m ruff check --fix --quiet . && $(IN) -m ruff format --quiet .
	@find claimdesk -path '*/templates/*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

bench: workshop
	@$(IN) -m bench

lock: workshop
	@$(IN) scripts/lock.py

events: workshop
	@$(IN) scripts/events.py

messages: workshop
	@$(IN) scripts/translations.py collect

wheel: workshop
	@$(IN) -m build --wheel --no-isolation

# What is in var/ is yours: `clean` keeps it.
clean:
	@rm -rf .venv build dist *.egg-info test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find claimdesk -name '*.mo' -delete

environment:
	@$(PYTHON) scripts/environment.py run

workshop:
	@$(PYTHON) scripts/environment.py dev
