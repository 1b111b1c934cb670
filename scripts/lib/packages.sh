# SPDX-License-Identifier: Apache-2.0
# Programs of the system. Nothing is asked of apt while they are all there.

# what shows that it is there (a program, a file, specs of the cross compiler) → Debian's packages, the first that the archive knows
system_needs() {
  cat <<'END'
gcc gcc
g++ g++
make make
/usr/include/stdlib.h libc6-dev
riscv64-unknown-elf-gcc gcc-riscv64-unknown-elf
picolibc.specs picolibc-riscv64-unknown-elf
qemu-system-riscv32 qemu-system-riscv qemu-system-misc
openssl openssl
softhsm2-util softhsm2
xz xz-utils
curl curl
END
}

present() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *.specs) riscv64-unknown-elf-gcc --specs="$1" -E -x c /dev/null >/dev/null 2>&1 ;;
    *) have "$1" ;;
  esac
}

# One line `what packages …` for each thing that is not there.
missing_needs() {
  local what candidates
  while read -r what candidates; do
    present "$what" || echo "$what $candidates"
  done < <(system_needs)
}

known_package() {
  local name
  for name; do
    apt-cache show --no-all-versions "$name" >/dev/null 2>&1 && break
  done
  echo "$name"
}

# The packages of every missing thing, on one line.
missing_packages() {
  local what candidates
  while read -r what candidates; do
    # shellcheck disable=SC2086  # candidates is a list of words
    known_package $candidates
  done < <(missing_needs) | tr '\n' ' '
}

install_missing() {
  # shellcheck disable=SC2046  # a list of words
  quietly apt-get install -y --no-install-recommends $(missing_packages)
}

bring_packages() {
  [ -n "$(missing_needs)" ] || return 0
  have apt-get || die "programs are missing, and this system has no apt" "install what these Debian packages hold: $(missing_needs | cut -d' ' -f2 | tr '\n' ' ')"
  [ "$(id -u)" -eq 0 ] || die "programs are missing; run this once:" "sudo apt-get install -y --no-install-recommends $(missing_packages)"
  need_space 1500 /usr
  say "installing $(missing_packages)"
  export DEBIAN_FRONTEND=noninteractive
  # The lists may be absent or old: renew them only where the first try fails.
  install_missing 2>/dev/null || { say "renewing apt's lists" && quietly apt-get update && install_missing; } ||
    die "apt could not install $(missing_packages)" "offline? Install them yourself and run this again"
  [ -z "$(missing_needs)" ] || die "still missing after the installation: $(missing_needs | cut -d' ' -f1 | tr '\n' ' ')"
}
