# `make run` and `make test` set up everything they need. `make help` lists the rest.
SHELL := /bin/bash
UV_VERSION := 0.13.8
UV := .tools/bin/uv
BIN := .venv/bin
ADVISOR := $(BIN)/advisor
PO := $(wildcard translations/*/LC_MESSAGES/*.po)
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.DEFAULT_GOAL := help
.PHONY: help setup catalogs templates update-catalogs run chat train model test check lint types imports facts \
        translations rasa-data bench bench-gateway bench-hostile quality compare-intents transcript status readme-status clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

setup: .venv/.ready catalogs ## tools, locked dependencies, compiled catalogs

$(UV):
	@echo "Setting up the tool environment (.tools)"
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: $(UV) uv.lock pyproject.toml .python-version
	@echo "Installing the locked dependencies (.venv)"
	@$(UV) sync --locked
	@touch $@

translations/.compiled: .venv/.ready $(PO)
	@for domain in messages facts; do \
	  $(BIN)/pybabel --quiet compile --domain $$domain --directory translations --statistics || exit 1; done
	@touch $@

catalogs: translations/.compiled ## compile the translations

run: setup ## the advisor: Telegram with TELEGRAM_BOT_TOKEN, else the terminal
	@$(ADVISOR) run

chat: setup ## talk in the terminal
	@$(ADVISOR) chat

train: setup ## train the model from scratch
	@$(ADVISOR) train

model: setup ## train only if the newest model does not fit the present data
	@$(BIN)/python -c "from bot.training import model_to_use; model_to_use()"

test: setup model ## all tests
	@$(BIN)/pytest tests

check: lint types imports facts translations rasa-data ## everything that can be wrong without running it

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports

facts: setup ## validate the facts
	@$(ADVISOR) facts check && $(BIN)/python -m knowledge.stray_numbers

translations: setup templates ## check the catalogs against code and facts
	@$(ADVISOR) translations check
	@for po in $(PO); do $(BIN)/msgfmt --check --output-file=/dev/null $$po || exit 1; done

rasa-data: setup ## rasa's own validation of domain, rules and examples, then training, which finds contradictions
	@$(BIN)/rasa data validate --fail-on-warnings --data nlu --domain domain.yml --config config.yml
	@$(MAKE) --no-print-directory model

templates: setup ## extract messages.pot and facts.pot
	@for domain in messages facts; do \
	  PYTHONPATH=. $(BIN)/pybabel --quiet extract --mapping-file translations/$$domain.cfg --no-wrap --sort-output \
	    --add-location file --add-comments English: --project migrant-advisor --version 0.1.0 \
	    --copyright-holder "the authors of the Migrant Worker Advisor" --msgid-bugs-address "the issue tracker of the project" --output-file translations/$$domain.new . && \
	  $(BIN)/python -m translations.keep_unchanged translations/$$domain.new translations/$$domain.pot || exit 1; done

update-catalogs: templates ## bring every catalog up to the templates; nothing is guessed
	@for domain in messages facts; do for po in translations/*/LC_MESSAGES/$$domain.po; do \
	  $(BIN)/pybabel update --no-fuzzy-matching --ignore-pot-creation-date --no-wrap --domain $$domain \
	    --input-file translations/$$domain.pot --output-file $$po \
	    --locale $$(basename $$(dirname $$(dirname $$po))) || exit 1; done; done

status: setup ## how much is translated, as a table
	@$(ADVISOR) translations status

readme-status: setup ## put that table into the README
	@$(BIN)/python -m bench.readme

bench: setup model ## speed and memory beside a stock Rasa project, in one run
	@$(BIN)/python -m bench

bench-hostile: setup ## 5,000 malformed and hostile updates of every kind
	@$(BIN)/python -m bench.hostile

bench-gateway: setup ## the Telegram gateway under load and killed, on SQLite; with a million rows of history
	@$(BIN)/python -m bench.gateway

quality: setup model ## accuracy on the quality set
	@$(BIN)/python -m bench.quality

compare-intents: setup ## which classifier understands best, on held-out training examples
	@$(BIN)/python -m bench.intents

transcript: setup model ## the questions of the README, asked and answered
	@$(BIN)/python -m bench.transcript

clean: ## remove tools, dependencies, models and catalogs; var/ stays: secret, database, desks, lists of agencies
	rm -rf .venv .tools models .rasa translations/.compiled translations/*/LC_MESSAGES/*.mo
