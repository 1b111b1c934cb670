# SPDX-License-Identifier: Apache-2.0
# What is made from the sources. Each does nothing where its inputs are those of the last time.

bring_libraries() {
  local digest
  digest="$(digest_of package-lock.json .npmrc) $(node --version) $(uname -m)"
  [ -d node_modules ] && fresh libraries "$digest" && return
  have npm || die "npm is missing" "apt-get install npm, or install Node 24 with its npm"
  need_space 800 "$root"
  say "installing the libraries of package-lock.json"
  quietly npm ci --ignore-scripts --no-audit --no-fund ||
    die "npm ci failed" "offline? npm's cache or registry must hold what package-lock.json names"
  # npm skips a native part without a word where its engine check fails.
  node -e 'require("@nomicfoundation/edr"); require("@serialport/bindings-cpp")' 2>/dev/null ||
    die "the native part of a library does not load on $(uname -s) $(uname -m)" "run: node -e 'require(\"@nomicfoundation/edr\")'"
  made libraries "$digest"
}

bring_secp256k1() {
  local line
  line=$(scripts/fetch-secp256k1) || exit 1
  [ -z "$line" ] || say "$line"
}

build_firmware() {
  [ -f firmware/Makefile ] || die "firmware/Makefile is missing: the firmware cannot be built"
  make -C firmware -q all >/dev/null 2>&1 && return
  say "building the firmware"
  quietly make -C firmware -j2 all || die "the firmware does not build" "run: make -C firmware"
}

build_host() {
  local digest
  digest=$(digest_of host/src tsconfig.json tsconfig.build.json build/.made/libraries)
  fresh host "$digest" && return
  say "building the host"
  rm -rf build/host
  node node_modules/typescript/bin/tsc -p tsconfig.build.json >&2 || die "the host does not compile"
  made host "$digest"
}

build_contracts() {
  local digest
  digest=$(digest_of contracts hardhat.config.ts build/.made/libraries)
  [ -d build/contracts ] && fresh contracts "$digest" && return
  say "compiling the contracts"
  quietly node node_modules/hardhat/dist/src/cli.js compile || die "the contracts do not compile" "run: npm run compile"
  made contracts "$digest"
}
