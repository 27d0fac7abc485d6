# Greenwave: the commands a person types. Each does all of its own set-up.

SWIFT ?= swift
NETWORK ?= networks/lijiang-old-town/network.yaml
OUT ?= out
# Root needs no sudo, and a container may not have it.
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

# The one build: optimized, open to tests, its assertions alive.
BUILD := -c release -Xswiftc -enable-testing -Xswiftc -assert-config -Xswiftc Debug

.PHONY: demo schedules test check mutants fuzz tests-build setup build install pages browser format lint benchmark quality fidelity ordinary peak-flow spillback clean

## Tune the example city's signals and show the result; plans are left in out/.
demo: build
	.build/release/greenwave optimize $(NETWORK) --period am-peak -o $(OUT)
	@echo "The plan: $(OUT)/plan.csv"

## Plan the example city's weekday and holiday anew, into its folder.
schedules: build
	for day in weekday holiday; do \
	  mkdir -p $(dir $(NETWORK))$$day; \
	  .build/release/greenwave schedule $(NETWORK) --day $$day -o $(dir $(NETWORK))$$day \
	    > $(dir $(NETWORK))$$day/report.txt || exit 1; \
	done

## Run every test.
test: tests-build
	$(SWIFT) test $(BUILD) --skip-build

## The tests of the modules that a change touches, after formatting and rules: the quick one.
check: setup
	.ci/check

## Break the code in some thirty places, one at a time, and show that the tests notice.
mutants: setup
	.ci/mutants/run.py

## Damage inputs of every format, give them to the tool, and tell what it does not survive: MINUTES=60 SEED=7 JOBS=2.
MINUTES ?= 10
SEED ?= 1
JOBS ?= 2
fuzz: build
	.ci/fuzz/run.py --minutes $(MINUTES) --seed $(SEED) --jobs $(JOBS)

## The command line tool, optimized: .build/release/greenwave.
build: setup
	$(SWIFT) build $(BUILD) --product greenwave

## The tool, the examples and all tests.
tests-build: setup
	$(SWIFT) build $(BUILD) --build-tests

## Install the tool with its manual pages and shell completions, below PREFIX.
PREFIX ?= /usr/local
install: setup
	$(SWIFT) build -c release --product greenwave --scratch-path .build-install
	install -D -m 755 .build-install/release/greenwave $(DESTDIR)$(PREFIX)/bin/greenwave
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	$(SWIFT) package --scratch-path .build-install --disable-sandbox --allow-writing-to-package-directory generate-manual --multi-page
	install -m 644 .build-install/plugins/GenerateManual/outputs/greenwave/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	.build-install/release/greenwave --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/greenwave
	.build-install/release/greenwave --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_greenwave
	.build-install/release/greenwave --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/greenwave.fish

## Install the C libraries if they are missing (Debian and its relatives).
setup:
	@if ! printf '\043include <%s.h>\n' glpk zlib expat | cc -E - >/dev/null 2>&1; then \
	  echo "Installing libglpk-dev, zlib1g-dev and libexpat1-dev"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq libglpk-dev zlib1g-dev libexpat1-dev >/dev/null; \
	fi

## Play the tutorial, and open the reports of all shipped networks in a browser.
pages: build browser
	Tests/browser/run

## Install the browser that opens reports in tests, if it is missing.
browser:
	@if ! command -v chromedriver >/dev/null || ! command -v chromium >/dev/null; then \
	  echo "Installing chromium"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-noto-cjk >/dev/null; \
	fi

## Format all sources in place.
format:
	$(SWIFT) format --in-place --recursive Sources Tests Benchmarks Package.swift Documentation/Examples/Sources Documentation/Examples/Package.swift

## Fail on sources that are not formatted.
lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Package.swift Documentation/Examples/Sources Documentation/Examples/Package.swift

## Speed: parse, build, solve, simulate, total.
benchmark: setup
	cd Benchmarks && $(SWIFT) package --disable-sandbox benchmark --no-progress

## Quality: plans scored by SUMO on public networks.
quality: build
	Benchmarks/quality/run

## Fidelity: Greenwave's simulator against SUMO on random plans, of public networks and of ones written by hand.
fidelity: build
	Benchmarks/quality/fidelity
	Benchmarks/ordinary/fidelity

## Ordinary junctions and arterials: existing and proposed plans, scored by SUMO.
ordinary: build
	Benchmarks/ordinary/run

## Peak flow: the program solved junction by junction against HiGHS on the whole.
peak-flow: build
	Benchmarks/peak-flow/run --overload 2,3,4

## Spillback: plans of the split programs and of the optimizer on networks that fill up, by SUMO.
spillback: build
	Benchmarks/spillback/run

clean:
	rm -rf .build .build-check .build-install .build-mutants $(OUT)
