# SPDX-License-Identifier: Apache-2.0
# First instructions of bootloader and app. The bootloader's run from flash and copy the rest to RAM
# (load address differs from link address there; in the app they are equal and nothing is copied).
# a0 on entry of the app is the address of the boot information; it reaches MAIN unchanged.
  .section .entry, "ax"
  .globl _start
_start:
  csrci mstatus, 8
  csrw mie, zero
  la sp, __stack_top
  la t0, __load_start
  la t1, __ram_start
  la t2, __ram_end
  beq t0, t1, 2f
1:
  bgeu t1, t2, 2f
  lw t3, 0(t0)
  sw t3, 0(t1)
  addi t0, t0, 4
  addi t1, t1, 4
  j 1b
2:
  la t1, __bss_start
  la t2, __bss_end
3:
  bgeu t1, t2, 4f
  sw zero, 0(t1)
  addi t1, t1, 4
  j 3b
4:
  la t0, MAIN
  jalr t0
  # MAIN does not return: whoever skips to here finds a loop that the watchdog ends
5:
  j 5b
