# SPDX-License-Identifier: Apache-2.0
# Programs of the system. Nothing is asked of apt while they are all there.

# what shows that it is there (a program or a file) → Debian's packages, the first that the archive knows
system_needs() {
  cat <<'END'
gcc gcc
make make
/usr/include/stdlib.h libc6-dev
riscv64-unknown-elf-gcc gcc-riscv64-unknown-elf
/usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs picolibc-riscv64-unknown-elf
qemu-system-riscv32 qemu-system-riscv qemu-system-misc
openssl openssl
softhsm2-util softhsm2
xz xz-utils
curl curl
END
}

present() { case $1 in /*) [ -e "$1" ] ;; *) have "$1" ;; esac; }

known_package() {
  local name
  for name; do
    apt-cache show --no-all-versions "$name" >/dev/null 2>&1 && { echo "$name"; return; }
  done
  echo "${!#}"
}

bring_packages() {
  local what candidates missing=() packages=() name
  while read -r what candidates; do
    present "$what" || missing+=("$candidates")
  done < <(system_needs)
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "programs are missing, and this system has no apt" "install what these Debian packages hold: ${missing[*]}"
  # shellcheck disable=SC2086  # a line of candidates is a list of words
  for candidates in "${missing[@]}"; do packages+=("$(known_package $candidates)"); done
  local line="apt-get install -y --no-install-recommends ${packages[*]}"
  [ "$(id -u)" -eq 0 ] || die "programs are missing; run this once:" "sudo $line"
  need_space 1500 /usr
  say "installing ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The lists may be absent or old: renew them only where the first try fails.
  quietly $line 2>/dev/null || { say "renewing apt's lists" && quietly apt-get update && quietly $line; } ||
    die "apt could not install ${packages[*]}" "offline? Install them yourself and run this again"
  while read -r what candidates; do
    present "$what" || die "$what is still missing after installing ${packages[*]}"
  done < <(system_needs)
}
