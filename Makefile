# What a person does with Parley. `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

DATA    ?= data
LISTEN  ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0

# -buildvcs=false: the version comes from VERSION, and a build from an archive
# without .git must give the same bytes.
GOBUILD := CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)"

GO_FILES := $(shell find . -name '*.go' -not -name '*_test.go' -not -path '*/node_modules/*' 2>/dev/null) go.mod go.sum
UI_FILES := $(shell find ui -type f -not -path '*/node_modules/*' -not -path 'ui/dist/*' 2>/dev/null)
DEMO_FILES := $(wildcard demo/content/*)
ROOMS     = $(shell go list ./... 2>/dev/null | grep -v '/e2e$$')

BROWSER_TESTS := '../e2e/browser/*.{ts,json}'

BINARY  := bin/parley
MODULES := ui/node_modules/.package-lock.json
PAGES   := ui/dist/index.html

# What a failed step has written half is not taken for whole the next time.
.DELETE_ON_ERROR:

.PHONY: help run demo build ui test test-go test-race test-ui test-e2e test-browser matrix review measure-browser lint format \
	bench check api api-check dist clean long-kill long-retry long-reconnect long-visitors long-bot fuzz

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Use

run: $(BINARY) ## build what is needed and start Parley on ./data
	@$(BINARY) serve --data "$(DATA)" --listen "$(LISTEN)"

demo: $(BINARY) ## start a living sample team in a temporary folder
	@$(BINARY) demo --listen "$(LISTEN)"

check: $(BINARY) ## check every invariant of the data in ./data (Parley must be stopped)
	@$(BINARY) check --data "$(DATA)"

bench: $(BINARY) ## measure this machine and print one table of figures
	@$(BINARY) bench $(ARGS)

##@ Build

build: $(BINARY) ## build the frontend and the executable bin/parley

ui: $(PAGES) ## build the frontend into ui/dist

$(MODULES): ui/package-lock.json
	cd ui && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(PAGES): $(MODULES) $(UI_FILES)
	cd ui && npm run --silent build
	@touch $@

$(BINARY): $(PAGES) $(GO_FILES) $(DEMO_FILES)
	@mkdir -p bin
	$(GOBUILD) -o $@ .

api: $(MODULES) ## write ui/openapi.json and the frontend's types again
	go run -buildvcs=false . openapi > ui/openapi.json.new && mv ui/openapi.json.new ui/openapi.json
	cd ui && npm run --silent api

dist: $(PAGES) ## build for Linux, macOS and Windows into dist/, with checksums
	scripts/dist "$(VERSION)"

clean: ## remove what was built (not the data)
	rm -rf bin dist ui/node_modules ui/coverage e2e/browser/results
	find ui/dist -mindepth 1 -not -name .gitkeep -delete 2>/dev/null || true

##@ Test

test: ## everything: lint, generated files, Go, frontend, executable, browser
	@scripts/stages lint api-check test-go test-ui test-e2e test-browser

lint: $(MODULES) ## format, vet and lint Go and the frontend
	@unformatted=$$(go run $(GOFUMPT) -l $$(git ls-files '*.go')) && \
		{ [ -z "$$unformatted" ] || { echo "Run make format; these are not formatted:"; echo "$$unformatted"; exit 1; }; }
	go vet ./...
	go run $(STATICCHECK) ./...
	cd ui && npm run --silent lint
	cd ui && npx --no-install tsc -p ../e2e/browser
	cd ui && npx --no-install prettier --config .prettierrc --log-level warn --check $(BROWSER_TESTS)

format: $(MODULES) ## format Go and the frontend
	go run $(GOFUMPT) -w $$(git ls-files '*.go')
	cd ui && npm run --silent format
	cd ui && npx --no-install prettier --config .prettierrc --log-level warn --write $(BROWSER_TESTS)

api-check: $(MODULES) ## fail when the committed interface files are not what the code gives
	@scripts/api-check

test-go: $(PAGES) ## the rooms: every Go package but e2e
	go test $(GOTESTFLAGS) $(ROOMS)

test-race: $(PAGES) ## the rooms again under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race $(GOTESTFLAGS) $(ROOMS)

test-ui: $(PAGES) ## the frontend's types, unit tests and sizes
	cd ui && npm run --silent check && npm test --silent && npm run --silent sizes

test-e2e: $(PAGES) ## the built executable, driven from outside
	go test -count=1 -timeout 20m ./e2e $(ARGS)

test-browser: $(BINARY) ## the screens in a real browser; installs one where that can be done
	@browser=$$(scripts/browser) && cd ui && PARLEY_BROWSER="$$browser" PARLEY_BINARY="$(CURDIR)/$(BINARY)" \
		npx --no-install playwright test -c ../e2e/browser/playwright.config.ts $(ARGS)

matrix: $(BINARY) ## axe on every state of the screens × themes, languages, widths, and longer words (20 minutes)
	@browser=$$(scripts/browser) && cd ui && PARLEY_MATRIX=whole PARLEY_BROWSER="$$browser" PARLEY_BINARY="$(CURDIR)/$(BINARY)" \
		npx --no-install playwright test -c ../e2e/browser/playwright.config.ts matrix.spec longer.spec $(ARGS)

review: $(BINARY) ## make the images in docs/review again, which a change of the look is judged by
	@browser=$$(scripts/browser) && cd ui && PARLEY_REVIEW=1 PARLEY_BROWSER="$$browser" PARLEY_BINARY="$(CURDIR)/$(BINARY)" \
		npx --no-install playwright test -c ../e2e/browser/playwright.config.ts review.spec $(ARGS)

measure-browser: $(BINARY) ## latency, frames and shifts of the screens; on a quiet machine
	@browser=$$(scripts/browser) && cd ui && PARLEY_MEASURE=1 PARLEY_BROWSER="$$browser" PARLEY_BINARY="$(CURDIR)/$(BINARY)" \
		npx --no-install playwright test -c ../e2e/browser/playwright.config.ts measure $(ARGS)

N ?= 1000

long-kill: $(PAGES) ## N kills while 8 senders write (make long-kill N=1000)
	go test -count=1 -timeout 0 -v -run 'TestKill$$' ./e2e -kills $(N)

long-retry: $(PAGES) ## N sends whose answers are thrown away and repeated (N=100000)
	go test -count=1 -timeout 0 -v -run 'TestRetry$$' ./e2e -sends $(N)

long-reconnect: $(PAGES) ## N cut connections while events flow (N=2000)
	go test -count=1 -timeout 0 -v -run 'TestReconnect$$' ./e2e -cuts $(N)

long-visitors: $(PAGES) ## 10,000 visitors connected: memory of each, time of a message there and back
	PARLEY_TEST_VISITORS=10000 go test -count=1 -v -run 'TestManyVisitors$$' ./server

long-bot: ## how soon the bot has answered, with 1,000 entries in the knowledge list
	go test -count=1 -v -run 'TestAnswersInTime$$' ./bot

FUZZTIME ?= 60s

fuzz: ## each fuzz target for FUZZTIME (60s)
	scripts/fuzz $(FUZZTIME)
