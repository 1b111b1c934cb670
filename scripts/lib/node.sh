# SPDX-License-Identifier: Apache-2.0
# Puts a Node that is new enough on PATH, from npm's own package of its binary where the machine's is older.
node_floor=24.15
node_pin=24.21.0
node_sha512_x64=3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==
node_sha512_arm64=FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==
node_home=$cache/node-$node_pin

node_is_new_enough() {
  local version major minor
  version=$(node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  [ "$major" -gt "${node_floor%.*}" ] || { [ "$major" -eq "${node_floor%.*}" ] && [ "$minor" -ge "${node_floor#*.}" ]; }
}

# Cheap: no network, nothing written.
find_node() {
  node_is_new_enough && return
  PATH=$node_home/bin:$PATH
  export PATH
  hash -r
  node_is_new_enough
}

bring_node() {
  local machine package digest work tarball
  find_node && return
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) machine=x64 digest=$node_sha512_x64 ;;
    Linux-aarch64) machine=arm64 digest=$node_sha512_arm64 ;;
    *) die "Node $node_floor or newer is needed, and there is no package of it for $(uname -s) on $(uname -m)" "install Node 24 yourself and put it on PATH" ;;
  esac
  have npm || die "neither Node $node_floor nor npm is here" "install Node 24, or npm of any age (apt-get install npm)"
  package=node-linux-$machine@$node_pin
  mkdir -p "$cache" && need_space 400 "$cache"
  say "bringing Node $node_pin into $node_home"
  work=$(mktemp -d "$cache/node.XXXXXX")
  tarball=$work/node-linux-$machine-$node_pin.tgz
  quietly npm pack --silent --pack-destination "$work" "$package" || { rm -rf "$work"; die "npm could not bring $package" "offline? Any Node $node_floor or newer on PATH will do"; }
  [ "$(openssl dgst -sha512 -binary "$tarball" | base64 | tr -d '\n')" = "$digest" ] || { rm -rf "$work"; die "$package does not have the pinned digest"; }
  tar -xzf "$tarball" -C "$work"
  rm -rf "$node_home" && mv "$work/package" "$node_home" && rm -rf "$work"
  find_node || die "$node_home/bin/node does not run on this machine" "its C library may be too old: install Node 24 yourself"
}
