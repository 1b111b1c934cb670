# SPDX-License-Identifier: Apache-2.0
# First instructions of bootloader and app. Both run where they were loaded to: the bootloader's segment by the mask ROM,
# the app's image by the bootloader. a0 on entry of the app is the address of the boot information; it reaches MAIN
# unchanged. The hart has no mie.
  .section .entry, "ax"
  .globl _start
_start:
  csrci mstatus, 8
  la sp, __stack_top
  la t1, __bss_start
  la t2, __bss_end
1:
  bgeu t1, t2, 2f
  sw zero, 0(t1)
  addi t1, t1, 4
  j 1b
2:
  la t0, MAIN
  jalr t0
  # MAIN does not return: whoever skips to here finds a loop that the watchdog ends
3:
  j 3b

  # One instruction a cause (TRM 1.5.2): 0 for exceptions, then the 31 lines.
  .section .text.vectors, "ax"
  .globl esp_vectors
  .balign 256
  .option push
  .option norvc
esp_vectors:
  .rept 32
  j esp_trap
  .endr
  .option pop
