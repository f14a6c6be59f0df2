# Everything a fresh machine needs is made on the way: python3, make and a package mirror are enough.
.DEFAULT_GOAL := help
.PHONY: help setup messages demo test test-unit check guide faults mutants lock clean
PYTHON ?= python3
export PYTHON
# Test processes side by side, each with a CRM of its own.
TEST_PROCESSES ?= 2
# More options of pytest, as in: make test PYTEST_OPTIONS=--durations=10
PYTEST_OPTIONS ?=

help: ## Montre ces buts. (Shows these targets.)
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## Prépare l'environnement Python, .venv. (Creates the virtual environment.)
	@scripts/bootstrap

demo: setup ## Fait tourner l'exemple entier sur un vrai Odoo. (Runs the whole example on a real Odoo.)
	@.venv/bin/mist demo

test: setup ## Tous les tests, vrai Odoo et vrai navigateur compris. (All tests, real Odoo and browser included.)
	.venv/bin/pytest --numprocesses $(TEST_PROCESSES) --dist loadscope --no-loadscope-reorder $(PYTEST_OPTIONS)

test-unit: setup ## Les tests sans serveur ni réseau, en quelques secondes. (Offline tests, in seconds.)
	.venv/bin/pytest tests/unit --numprocesses $(TEST_PROCESSES) $(PYTEST_OPTIONS)

check: setup ## Style, types et contrats d'architecture. (Lint, types, architecture contracts.)
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/mypy cli
	scripts/contracts

faults: setup ## Chaque panne à chaque demande de chaque commande, puis relance. (Every fault, then a rerun; hours.)
	MIST_FAULTS=all .venv/bin/pytest tests/faults --numprocesses $(TEST_PROCESSES) --dist worksteal

guide: setup ## Refait les images de docs/equipe.md. (Takes the pictures of the staff guide anew.)
	MIST_GUIDE=docs/equipe .venv/bin/pytest tests/browser -k "danger or names or sessions or acts or reminders"

mutants: setup ## Casse le moteur de mille façons : les tests le voient-ils ? (Mutation testing of the engine.)
	nice -n 19 .venv/bin/python scripts/mutants.py --jobs $$(nproc)

messages: setup ## Relève les phrases de mist, met à jour et compile leur traduction. (Updates mist's translations.)
	.venv/bin/python scripts/messages.py

lock: setup ## Fige à nouveau les versions des dépendances. (Pins the dependencies anew.)
	scripts/lock

clean: ## Enlève ce qui a été construit ici ; le bac à sable reste. (Removes what was built; keeps the sandbox.)
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
