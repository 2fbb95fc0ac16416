# Everything a developer or an operator asks of this tree. `make` prints the list.
#
# The modules: `.` is the product, `test` holds the tests whose dependencies are heavy, `tools` pins what developers run
# (linter, test summary). Nothing below needs a fixed port or a shared directory, so several checkouts can work at once.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS   += --no-print-directory

GO      ?= go
TOOL    := $(GO) tool -modfile=$(CURDIR)/tools/go.mod
LINT    := $(TOOL) golangci-lint
MODULES := . test
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print 2>/dev/null)
WEB_MODULES := web/node_modules/.package-lock.json
WEB_PAGES   := internal/ui/dist/.built

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- the product

.PHONY: run
run: bin/hookswitch ## Build what is needed and start the demo: server, simulated carriers and phones
	bin/hookswitch dev

.PHONY: build
build: bin/hookswitch ## Build bin/hookswitch: static, pages embedded

# Go decides itself whether anything changed; a rule that listed the sources would only repeat it, and be wrong one day.
.PHONY: bin/hookswitch
bin/hookswitch: $(WEB_PAGES)
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/hookswitch

$(WEB_MODULES): web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

# The types of the console's API come from the document.
$(WEB_PAGES): $(WEB_MODULES) $(WEB_SOURCES) docs/openapi.json
	cd web && npm run build
	touch $@

# ---- the tests

.PHONY: test
test: $(WEB_PAGES) ## Run every test, installing what the tests need
	tools/test-deps.sh
	cd web && npm test
	$(TOOL) gotestsum --format standard-quiet --raw-command -- tools/go-test.sh $(MODULES) -- $(GOTESTFLAGS)

.PHONY: check
check: ## All that a change must pass: format, lint, generated files, fuzz, tests with the race detector
	@step() { printf '\n==> %s\n' "$$1"; s=$$SECONDS; $(MAKE) "$${@:2}"; printf '    %s took %d s\n' "$$1" $$((SECONDS - s)); }; \
	step format format-check; \
	step web    web-check; \
	step lint   lint; \
	step generated generate-check; \
	step fuzz   fuzz; \
	step simulation sim SEED=1 PROGRESS=
	@printf '\n==> test\n'
	@$(MAKE) test GOTESTFLAGS='-race -timeout=20m'

# A world of the simulation is one thing after the other, and most of them live in memory: so one process per processor,
# built without the race detector; two thousand lives with it are among the tests.
SEED     ?= $(shell date +%Y%m%d)
WORLD    ?= -1
LIVES    ?= 200000
PROGRESS ?= -progress

.PHONY: sim
sim: $(WEB_PAGES) ## Live simulated lives of passcodes with everything going wrong; LIVES=10000000 for a night, SEED= and WORLD= to live one again
	cd test && CGO_ENABLED=0 $(GO) test -c -o $(CURDIR)/bin/sim.test ./sim
	cd test/sim && $(CURDIR)/bin/sim.test -test.run='^TestSimulation$$' -test.timeout=0 $(PROGRESS) -lives=$(LIVES) -seed=$(SEED) -world=$(WORLD)

.PHONY: lint
lint: $(WEB_PAGES) ## Run golangci-lint over the modules, go vet included
	@for module in $(MODULES); do (cd $$module && $(LINT) run ./...); done

.PHONY: web-check
web-check: $(WEB_MODULES)
	cd web && npm run lint && npm run typecheck

.PHONY: fuzz
fuzz: ## Run every fuzz target for a few seconds; FUZZTIME=1m for longer
	@tools/fuzz.sh run $(MODULES)

.PHONY: bench
bench: bin/hookswitch ## Measure a server beside the bare limit of this machine; BENCH=quick for under a minute
	$(GO) run ./bench -server bin/hookswitch $(addprefix -,$(BENCH))
	cd test && $(GO) test -run '^$$' -bench Segments -benchtime 100ms .

.PHONY: faults
faults: bin/hookswitch ## Kill, stop, cut off and fill up real servers under load; SEED=N, ONLY="kill -9, SQLite"
	tools/test-deps.sh
	cd test && $(GO) run ./faults -server ../bin/hookswitch $(if $(SEED),-seed $(SEED)) $(if $(ONLY),-only '$(ONLY)')

.PHONY: plants
plants: $(WEB_PAGES) ## Plant bugs in the sources, one at a time, and see that a test finds each; SIM=100000, ONLY='resend|lock'
	cd test && $(GO) run ./plants $(if $(SIM),-sim $(SIM)) $(if $(ONLY),-only '$(ONLY)')

# ---- the sources

.PHONY: fmt
fmt: ## Format the Go sources
	@for module in $(MODULES) tools; do (cd $$module && $(LINT) fmt); done

.PHONY: format-check
format-check:
	@for module in $(MODULES); do (cd $$module && $(LINT) fmt --diff); done

.PHONY: generate
generate: ## Write the generated files again
	$(GO) generate ./...

.PHONY: generate-check
generate-check:
	@state() { git status --porcelain; git diff; }; before=$$(state); $(MAKE) generate; \
	if [ "$$before" != "$$(state)" ]; then git status --short; echo "generated files were out of date: commit what 'make generate' wrote"; exit 1; fi
