# The two that matter: make demo, make test.
SHELL := /bin/bash
GO ?= go
BIN := bin/lvv
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
FUZZTIME ?= 60s

.PHONY: demo demo-network build test test-faults test-race test-peers test-engines test-spark test-arm64 test-windows release release-twice lint bench attack attack-tables relations fuzz golden samples picture notices clean

demo: build ## build, run the whole job on the samples, say which files to open
	$(BIN) run

demo-network: build ## five synthetic municipalities: their packages, and all together
	.ci/demo-network $(BIN)

build:
	@.ci/install build
	$(GO) build -trimpath -ldflags '-X main.version=$(VERSION)' -o $(BIN) ./cmd/lvv

# Eight of the packages link a database: without what debuggers read that takes half as long. Garbage is collected when five
# times as much memory is in use as was kept: that spares the tests a tenth of their work. The longest on one core come first.
test: ## everything that needs no other program but a browser
	@.ci/install test
	GOGC=400 $(GO) test -ldflags '-s -w' -timeout 30m ./transform ./anonymize/disclose ./...

test-faults: ## kills at random moments, full disks, little memory, axe in every way of reading, and every case of what make test tries some of
	@.ci/install test
	$(GO) test -tags faults -timeout 30m -run 'Faults|SameBytes|NothingForeign|TemporaryFolders|LimitedMemory|PanicTells|OneLanguage' ./cmd/lvv
	$(GO) test -tags faults -timeout 30m -run 'Faults' ./reports/html
	$(GO) test -tags faults -timeout 30m -run 'Oracle|Account|Gaps|Threads|Together|TestDeclaredRelations' ./transform
	$(GO) test -tags faults -timeout 30m ./anonymize/kanon
	$(GO) test -tags faults -timeout 30m -run StillInforms ./anonymize/disclose
	$(GO) test -tags faults -timeout 30m -run 'Attacker|Differencing|Beside' ./anonymize/release ./anonymize/request
	$(GO) test -tags faults -timeout 30m -run 'Undeclared' ./sql

test-race: ## what reads exports, and internal/, under the race detector
	$(GO) test -race -timeout 30m ./internal/... ./ingest

test-peers: ## against LibreOffice, R and GLPK
	@.ci/install peers
	$(GO) test -timeout 30m -tags peers -run Peer ./...

test-engines: ## the figures and files of another engine, Sail from PyPI, against DuckDB's
	@.ci/install engines
	.ci/engines sail

test-spark: ## one delivery on Apache Spark with two executors; needs Java 17
	@.ci/install spark
	.ci/engines spark

test-arm64: ## the arm64 program, built here and run under qemu, against the files of this machine
	@.ci/install arm64
	.ci/arm64

test-windows: ## the Windows program, built here and run under Wine, against the files of Linux; needs root
	@.ci/install windows
	.ci/windows

release: ## what is handed out, into dist/: Windows, Linux, what they are made of, sums
	@.ci/install release
	.ci/release

release-twice: ## the release, and once more in another folder with an empty cache: are they the same files?
	@.ci/install release
	.ci/release-twice

lint:
	@.ci/install lint
	.cache/bin/golangci-lint run ./...

bench: build ## 1,000,000 persons against plain DuckDB, and 100 pilots of 10,000; see the README
	$(GO) run ./samples/bench -lvv $(BIN)
	$(GO) test -run '^$$' -bench . -benchmem ./...

attack: ## an attacker on fifty registers of up to 3,000 persons, four deliveries each; takes an hour
	LVV_REGISTERS=50 $(GO) test ./anonymize/release -run '^TestAttackerOnRandomRegisters$$' -count 1 -v -timeout 4h

attack-tables: ## a reader of the published reports of 340 registers, three to six each, half of them corrected, a third of them made in any order, the last forty small and close on each other, of 20 programmes, and of what reports tell without a number; takes an hour
	LVV_ATTACK_REGISTERS=0-339 LVV_ATTACK_PROGRAMMES=20 LVV_ATTACK_MARKS=24 $(GO) test ./anonymize/disclose -run '^(TestReaderFindsNothing|TestProgrammeGivesNothingAway|TestMarksTellNothing)$$' -count 1 -v -timeout 12h

relations: ## search 600 random registers for relations that nobody declared, with every declaration taken away in turn; takes some minutes
	LVV_SEARCH_REGISTERS=600 $(GO) test ./transform -run '^TestUndeclaredRelations$$' -count 1 -v -timeout 1h

fuzz: ## every fuzz target for FUZZTIME
	@.ci/fuzz $(FUZZTIME)

golden: ## write the expected files anew; review them as a diff
	UPDATE_GOLDEN=1 $(GO) test -timeout 30m ./...

samples: ## write the checked-in samples anew
	$(GO) run ./samples/generate

picture: build ## take the pictures of README and LEESMIJ.md anew
	$(GO) test ./reports/html -run '^TestPicture$$' -count 1 -args -lvv $(abspath $(BIN))

notices: ## collect the licences of what the program embeds
	.ci/notices

clean:
	rm -rf bin dist out out-programma .cache
