# SPDX-License-Identifier: Apache-2.0
# Sourced by every script: where things are, how to speak, how to notice change.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${TOUCHMARK_CACHE:-$HOME/.cache/touchmark}
cd "$root" || exit 1

# Progress goes to standard error: standard output belongs to results.
say() { printf '%s\n' "touchmark: $*" >&2; }
die() {
  say "$1"
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# usage SCRIPT ARGUMENT…: where help is asked for, prints the comment at the script's head and ends.
usage() {
  case " ${*:2} " in *" --help "* | *" -h "*) sed -n '3,/^[^#]/s/^# \{0,1\}//p' "$1" && exit 0 ;; esac
}

have() { command -v "$1" >/dev/null 2>&1; }
# macOS has shasum instead.
have sha256sum && sha256=(sha256sum) || sha256=(shasum -a 256)

# Runs quietly; shows the end of its output where it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  [ $status -eq 0 ] || tail -n 40 "$log" >&2
  rm -f "$log"
  return $status
}

need_space() { # megabytes, folder
  local free
  free=$(df -Pk "$2" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$1" ] || die "the disk of $2 has $free MiB left, $1 are needed" "make room, or set TOUCHMARK_CACHE to a folder on another disk"
}

# A digest over every file below the given paths, names included.
digest_of() {
  find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 "${sha256[@]}" | "${sha256[@]}" | cut -d' ' -f1
}

# fresh NAME DIGEST: true where NAME was last made from DIGEST.   made NAME DIGEST: note it.
fresh() { [ "$(cat "build/.made/$1" 2>/dev/null)" = "$2" ]; }
made() { mkdir -p build/.made && printf '%s\n' "$2" >"build/.made/$1"; }
