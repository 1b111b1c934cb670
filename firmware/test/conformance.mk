# SPDX-License-Identifier: Apache-2.0
# make conformance: test/conformance.c in the place of each port's bootloader, for test/unit/tooling/conformance.test.ts.
CONFORMANCE = test/conformance.c

.PHONY: conformance
conformance: $(BUILD)/host/conformance $(BUILD)/virt/conformance.bin $(BUILD)/esp32c3/conformance.bin

$(BUILD)/host/conformance: $(BUILD)/obj/asan/version-$(VERSION).o \
		$(call objects,asan,$(CORE) $(HOST_PORT) app/app.c $(CONFORMANCE))
	@mkdir -p $(@D)
	@./into $@ $(CC) $(ASAN_FLAGS) $^

$(BUILD)/virt/conformance.elf: $(BUILD)/obj/virt/start-bootloader.o $(VIRT_VERSION) \
		$(call objects,virt,$(CORE) $(VIRT_PORT) $(CONFORMANCE)) ports/virt/bootloader.ld
	@mkdir -p $(@D)
	@./into $@ $(CROSS)gcc $(VIRT_LINK) -msave-restore -T ports/virt/bootloader.ld $(filter %.o,$^)

$(BUILD)/esp32c3/conformance.elf: $(BUILD)/obj/esp32c3/start-bootloader.o $(C3_VERSION) \
		$(call objects,esp32c3,$(C3_CORE) $(C3_PORT) $(CONFORMANCE)) ports/esp32c3/bootloader.ld
	@mkdir -p $(@D)
	@./into $@ $(CROSS)gcc $(C3_LINK) -msave-restore -T ports/esp32c3/bootloader.ld $(filter %.o,$^)
