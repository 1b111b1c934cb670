# SPDX-License-Identifier: Apache-2.0
# make verdict: build/firmware/host/tm-verdict, the device's verdicts for vectors (vector_runner.c).
# make verdict-virt: the same for QEMU's virt machine, compiled and linked as the app is; its files come by semihosting.
.PHONY: verdict verdict-virt
verdict: $(BUILD)/host/tm-verdict

$(BUILD)/host/core.a: $(call objects,host,$(CORE))
	@mkdir -p $(@D)
	@$(AR) rcs $@.$$$$ $^ && mv $@.$$$$ $@

$(BUILD)/host/tm-verdict: $(BUILD)/obj/host/test/vector_runner.o $(BUILD)/host/core.a
	@./into $@ $(CC) $(HOST_FLAGS) $^

# picolibc's own start, and memory above an image as large as it likes
VERDICT_MEMORY = -Wl,--defsym=__flash=0x80000000,--defsym=__flash_size=0x400000 \
	-Wl,--defsym=__ram=0x80400000,--defsym=__ram_size=0x3000000,--defsym=__stack_size=0x10000

verdict-virt: $(BUILD)/virt/tm-verdict.elf
$(BUILD)/virt/tm-verdict.elf: $(call objects,virt,$(CORE) test/vector_runner.c)
	@mkdir -p $(@D)
	@./into $@ $(CROSS)gcc $(filter-out -nostartfiles,$(VIRT_LINK)) --oslib=semihost --crt0=hosted $(VERDICT_MEMORY) $^
