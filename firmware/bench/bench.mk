# SPDX-License-Identifier: Apache-2.0
# make bench: build/firmware/virt/bench.bin, which prints what identity work takes (identity.c). It stands at the start of
# RAM and needs no bootloader.
.PHONY: bench
bench: $(BUILD)/virt/bench.bin

$(BUILD)/virt/bench.elf: $(BUILD)/obj/virt/start-bench.o $(VIRT_VERSION) \
		$(call objects,virt,$(CORE) bench/identity.c $(VIRT_PORT)) ports/virt/app.ld
	@mkdir -p $(@D)
	@./into $@ $(CROSS)gcc $(VIRT_LINK) -T ports/virt/app.ld $(filter %.o,$^)
