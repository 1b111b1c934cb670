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

# pkcs11js is for keys in a token and optional. Its install script (node-gyp, which downloads) is not run: it is three
# C++ files against N-API, whose headers lie beside the Node that runs.
build_pkcs11() {
  local home binding headers digest
  home=node_modules/pkcs11js binding=node_modules/pkcs11js/build/Release/pkcs11.node
  [ -d $home/src ] && have c++ || return 0
  headers=$(dirname "$(node -p process.execPath)")/../include/node
  [ -e "$headers/node_api.h" ] || { say "no keys in tokens: Node's headers are not in $headers" && return 0; }
  digest="$(digest_of $home/src $home/includes) $(node --version) $(uname -m)"
  [ -e $binding ] && fresh pkcs11 "$digest" && return
  say "building pkcs11js"
  mkdir -p ${binding%/*}
  quietly c++ -std=c++17 -O2 -w -shared -fPIC -DNAPI_DISABLE_CPP_EXCEPTIONS -I$home/includes -I"$headers" \
    -o $binding $home/src/dl.cpp $home/src/common.cpp $home/src/main.cpp -ldl &&
    node -e 'require("pkcs11js")' && made pkcs11 "$digest" || say "no keys in tokens: pkcs11js does not build"
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
