# make run     the samples, from decoding to the report
# make test    lint, then every test
# make parity  what frameworks printed (ORACLES=dir) against what this program computes
# make edges   the same on small sets with one edge each (needs numpy)
# make bench-diagnosis  how often the diagnosis is right, on runs of known truth
# make oracle  what the frameworks themselves print for RUN, as a folder for make parity;
#              VERSIONS="smp==0.5.0 smp==0.6.0": which numbers moved between two versions;
#              TRAINERS=1: what trainers print of an epoch, against what is kept
# make fuzz    every reader of files, fed with what libFuzzer makes up (SECONDS=60 each, READERS="PNG NPY", RUNS=10000000)
# make reliability  faults, kills, full disks, races, nights with a state and malformed files made for it, a line a figure (docs/reliability.md; needs
#              python3 and a C compiler); make sanitize  the tests under AddressSanitizer and ThreadSanitizer
# make cron-check  two runs of what `unmask init cron` prints, under a real cron: two to three minutes (needs root and Debian's cron)
# make mutation  small faults planted one at a time: how many of them the tests find
# make doubt   random runs against an evaluator that knows the documentation only (SECONDS=60 SEED=1)
# make install the program, its man page and completions under PREFIX; make uninstall removes them
# make wheel   a wheel for pip and uv, in dist (Linux; needs python3 and binutils)
# make deb     a package for Debian and Ubuntu, in dist (needs dpkg-dev; MAINTAINER="Name <address>")
# make bench   what speed it reaches, against libpng and the machine (SCALE=0.1 ROUNDS=2: a quick look)
# make bench-peers  the same against what Python users have
# make train-check  trains the sample's network of MODEL on, with the weight that was solved and without: docs/gradient.md
#
# Each installs what it lacks first and says so.

SWIFT   ?= swift
PREFIX  ?= /usr/local
ORACLES ?= ../shared/oracle
DATA    ?= ../shared/data
RUN     ?= samples/street/run-a
TRUTH   ?= samples/street/truth
LOGITS  ?=
CLASSES ?= sky,building,road,vegetation,pole
OUT     ?= oracle-out
MODEL   ?= ../shared/model
VERSIONS ?=
TRAINERS ?=
EDGES   ?= edge-data
SECONDS  = 60
SEED    ?= 1
READERS ?=
RUNS    ?= -1
PYTHON  ?= python3
MAINTAINER ?=
SCALE   ?= 1
ROUNDS  ?= 5
DIR     ?= Benchmarks/.data/scale-$(SCALE)
PACKAGES := libpng-dev zlib1g-dev libdeflate-dev libzstd-dev libsqlite3-dev pkg-config
BUILD   := $(SWIFT) build -c release
ARCHIVES := .build-static/archives
# What users run has Swift's own libraries and those of `archives` inside where a system does not bring them, and no
# symbols: it starts in two thirds of the time. Its objects differ from those of the tests, hence a place
# of their own. The archive of libpng needs zlib named after it, and assertions of C code would name the
# folder in which it was built.
SHIP    := $(BUILD) $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib -Xlinker -s -Xlinker -lz \
  -Xcc '-ffile-prefix-map=$(CURDIR)/=' --pkg-config-path $(ARCHIVES) --scratch-path .build-static)
BENCH   := $(BUILD) --package-path Benchmarks
# Package.swift has the readers only where it is told so.
FUZZ    := UNMASK_FUZZ=1 $(BUILD) --sanitize address --scratch-path .build-fuzz

# TensorFlow has a package without CUDA for one kind of machine only.
TENSORFLOW := $(if $(filter Linux-x86_64,$(shell uname -s)-$(shell uname -m)),tensorflow-cpu,tensorflow)

.PHONY: run test lint build archives parity edges bench-diagnosis oracle train-check fuzz reliability cron-check sanitize mutation doubt install uninstall wheel deb bench bench-peers bench-data deps clean

run: build
	$$($(SHIP) --show-bin-path)/unmask run pipeline.yml

build: archives
	$(SHIP) --product unmask

# A linker takes the shared library where both lie in one folder. These lie in one of their own, which is searched first:
# the program then needs no library but those of C and C++. Where a system has no such archive, the shared one is taken.
archives: deps
	@mkdir -p $(ARCHIVES)
	@for name in png png16 z deflate zstd sqlite3; do \
	  archive="$$($(firstword $(shell command -v clang) cc) -print-file-name=lib$$name.a)"; \
	  if [ -f "$$archive" ]; then ln -sf "$$archive" $(ARCHIVES)/; fi; \
	done
	@for library in libpng libdeflate libzstd; do \
	  sed "s|^Libs:|Libs: -L$(ARCHIVES)|" "$$(pkg-config --variable=pcfiledir $$library)/$$library.pc" \
	    >$(ARCHIVES)/$$library.pc; \
	done

# Release, because that is what ships, and because the kernels are unbearably slow without it.
test: deps lint
	$(BUILD) --build-tests
	sh Tests/check-wide-builds.sh "$$($(BUILD) --show-bin-path)"
	sh Tests/check-install.sh "$$($(BUILD) --show-bin-path)"
	sh Tests/check-reliability.sh "$$($(BUILD) --show-bin-path)/unmask" $(PYTHON) --short
	SWIFT_BACKTRACE=enable=no $(SWIFT) test -c release --skip-build

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Fuzzing Package.swift \
	  Benchmarks/Sources Benchmarks/Package.swift
	sh Tests/check-imports.sh

parity: deps
	$(BUILD) --product parity
	$$($(BUILD) --show-bin-path)/parity $(ORACLES) samples $(DATA)

edges: build
	$(PYTHON) Oracle/edges.py data $(EDGES)
	@unmask="$$($(SHIP) --show-bin-path)/unmask"; for set in $(EDGES)/*/; do \
	  (cd "$$set" && "$$unmask" run pipeline.yml >/dev/null 2>&1); done; true
	$(PYTHON) Oracle/compare_edges.py $(EDGES)

bench-diagnosis: deps
	$(BUILD) --product bench-diagnosis
	$$($(BUILD) --show-bin-path)/bench-diagnosis --speed
	$$($(BUILD) --show-bin-path)/bench-diagnosis

oracle: .venv-oracle/installed $(if $(TRAINERS),.venv-trainers/installed)
ifneq ($(TRAINERS),)
	.venv-oracle/bin/pip install -q -c Oracle/requirements-trainers.txt jax tf_keras
	.venv-oracle/bin/python -B Oracle/trainers.py ask --keras --out "$(OUT)/trainers"
	.venv-trainers/bin/python -B Oracle/trainers.py ask --others --out "$(OUT)/trainers"
else ifneq ($(VERSIONS),)
	.venv-oracle/bin/pip install -q huggingface_hub "setuptools<80"
	.venv-oracle/bin/python -B -W ignore Oracle/versions.py $(VERSIONS) --out "$(OUT)/versions"
else
	.venv-oracle/bin/python -B -W ignore Oracle/oracle.py "$(RUN)" "$(TRUTH)" $(if $(LOGITS),--logits "$(LOGITS)") \
	  --classes "$(CLASSES)" --out "$(OUT)"
endif

# What cannot be installed is left out. segmentation_models_pytorch goes without its dependencies, timm
# and torchvision: its losses and metrics use nothing of them.
train-check: .venv-train/installed
	.venv-train/bin/python -B Oracle/train_check.py --model "$(MODEL)" --seed 1 2 3 --out "$(OUT)-train.json"

.venv-train/installed: Oracle/requirements-train.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/pip install -q -r $<
	touch $@

.venv-oracle/installed: Oracle/requirements.txt
	$(PYTHON) -m venv .venv-oracle
	.venv-oracle/bin/pip install -q -c $< numpy pillow
	@for framework in scikit-learn "keras $(TENSORFLOW)" torch torchmetrics monai \
	    "--no-deps segmentation-models-pytorch" "--no-deps kornia kornia_rs" "--no-deps pytorch-ignite" medpy \
	    "--no-deps miseval" "--no-deps pytorch-toolbelt opencv-python-headless" \
	    "--no-deps fastai fastcore fastdownload fasttransform fastprogress plum-dispatch matplotlib pandas requests pyyaml" "--no-deps catalyst"; do \
	  echo "installing: $$framework"; \
	  .venv-oracle/bin/pip install -q -c $< $$framework || echo "left out: $$framework" >&2; \
	done
	@touch $@

.venv-trainers/installed: Oracle/requirements-trainers.txt
	$(PYTHON) -m venv .venv-trainers
	@for trainer in "torch torchvision numpy" lightning torchmetrics "transformers accelerate" fastai pytorch-ignite skorch \
	    segmentation-models-pytorch monai mmengine nnunetv2 ultralytics poutyne pytorch-accelerated torchbearer pytorch-argus \
	    torchgeo timm fvcore "importlib-metadata mosaicml-cli" \
	    "--no-deps mosaicml py-cpuinfo coolname torch-optimizer"; do \
	  echo "installing: $$trainer"; \
	  .venv-trainers/bin/pip install -q -c $< $$trainer || echo "left out: $$trainer" >&2; \
	done
	@touch $@

# What is found stays in fuzz-out.
fuzz: deps
	$(FUZZ)
	RUNS=$(RUNS) sh Fuzzing/run.sh "$$($(FUZZ) --show-bin-path)" $(SECONDS) $(READERS)

# With numpy and pillow PYTHON also says where these read what is refused here, or the other way.
reliability: deps .build-readers/installed
	$(BUILD) --product unmask
	$(BUILD) --product numbers
	$(BUILD) --product simulate-nights
	READERS=.build-readers/bin/python \
	  sh Tests/check-reliability.sh "$$($(BUILD) --show-bin-path)/unmask" $(PYTHON)

cron-check: deps
	$(BUILD) --product unmask
	$(PYTHON) -B Tests/Reliability/cron_check.py "$$($(BUILD) --show-bin-path)/unmask"

# Without network what these libraries write is left out, and the next run tries again.
.build-readers/installed: Tests/Reliability/requirements.txt
	@if $(PYTHON) -m venv .build-readers && .build-readers/bin/pip install -q -r $<; then touch $@; else \
	  echo "skipped: valid files by other libraries, which cannot be installed ($<)" >&2; fi

# Leaks are left out: what a process keeps to its end is given back with it.
sanitize: deps
	for kind in address thread; do \
	  $(BUILD) --build-tests --sanitize $$kind --scratch-path .build-$$kind && \
	  ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
	    $(SWIFT) test -c release --skip-build --sanitize $$kind --scratch-path .build-$$kind || exit 1; \
	done

# All faults are compiled once and switched on one at a time; two hours on two cores. The suite needs numpy, pillow and pyyaml.
mutation: deps
	SWIFT="$(SWIFT)" $(PYTHON) -B Tests/Reliability/mutation.py

# PYTHON needs numpy, pillow and pyyaml. The files of what disagrees stay in doubt-out.
doubt: build
	$(PYTHON) -B Oracle/doubt.py "$$($(SHIP) --show-bin-path)/unmask" --seconds $(SECONDS) --seed $(SEED) --keep doubt-out

install: build
	sh Packaging/install.sh "$$($(SHIP) --show-bin-path)/unmask" "$(DESTDIR)$(PREFIX)"

uninstall:
	sh Packaging/install.sh --remove "$(DESTDIR)$(PREFIX)"

wheel: dist/THIRD-PARTY-NOTICES
	$(PYTHON) -B Packaging/wheel.py "$$($(SHIP) --show-bin-path)/unmask" $< dist

deb: dist/THIRD-PARTY-NOTICES
	MAINTAINER="$(MAINTAINER)" sh Packaging/deb.sh "$$($(SHIP) --show-bin-path)/unmask" $< dist

dist/THIRD-PARTY-NOTICES: build
	@mkdir -p dist
	sh Packaging/notices.sh .build-static >$@.tmp
	@mv $@.tmp $@

# Falling short is a finding: only a run that fails makes these fail.
bench: build bench-data
	@$$($(BENCH) --show-bin-path)/bench run $(DIR) $$($(SHIP) --show-bin-path)/unmask $(ROUNDS)

bench-peers: build bench-data Benchmarks/.venv/installed
	@$$($(BENCH) --show-bin-path)/bench peers $(DIR) $$($(SHIP) --show-bin-path)/unmask $(ROUNDS) \
	  Benchmarks/.venv/bin/python Benchmarks/peers

bench-data: deps
	$(BENCH)
	$$($(BENCH) --show-bin-path)/bench generate $(DIR) $(SCALE)

Benchmarks/.venv/installed: Benchmarks/peers/requirements.txt
	$(PYTHON) -m venv Benchmarks/.venv
	@for peer in numpy pillow cityscapesscripts torch numba kornia-rs imagecodecs opencv-python-headless; do \
	  echo "installing: $$peer"; \
	  Benchmarks/.venv/bin/pip install -q -c $< $$peer || echo "left out: $$peer" >&2; \
	done
	@touch $@

# Debian and Ubuntu get what is missing; elsewhere the names are said.
deps:
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.2 or later is needed: https://www.swift.org/install" >&2; exit 1; }
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "installing:$$missing"; \
	    root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	    $$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi; \
	else \
	  for library in libpng libdeflate libzstd sqlite3; do \
	    pkg-config --exists $$library || { echo "missing: $$library (needed: $(PACKAGES) or what your system calls them)" >&2; exit 1; }; \
	  done; \
	fi

clean:
	rm -rf .build .build-static .build-fuzz .build-address .build-thread .build-mutation .venv-oracle .venv-trainers .venv-train .oracle-versions oracle-out edge-data doubt-out fuzz-out out dist Benchmarks/.build Benchmarks/.data Benchmarks/.venv
