# SPDX-License-Identifier: Apache-2.0
# make powercut: build/firmware/powercut, the shipping C over the NOR model, to cut the power in. Built for speed and
# without sanitizers: every test of firmware/test runs the same code under both.
POWERCUT = $(wildcard campaign/*.c)
POWERCUT_WRAPS = port_flash_program port_flash_erase one_time_program tm_ecdsa_verify
powercut_cc = $(CC) $(COMMON) $(HOST_FLAGS) -Itest -Icampaign -DFIXTURE_IMAGE_BYTES=32768
SITED = -include campaign/sites.h

$(eval $(call variant,powercut))
$(BUILD)/obj/powercut/core/%.o: powercut_own = $(SITED)
$(BUILD)/obj/powercut/bootloader/%.o: powercut_own = $(SITED)
$(BUILD)/obj/powercut/core/flash.o: powercut_own = -DPOWERCUT_FLASH $(SITED)

.PHONY: powercut
powercut: $(BUILD)/powercut

$(BUILD)/powercut: $(BUILD)/obj/powercut/version-$(VERSION).o $(call objects,powercut,$(CORE) $(BOOTLOADER) $(MODEL_PORT) $(wildcard test/fixture/*.c) $(POWERCUT))
	@mkdir -p $(@D)
	@./into $@ $(CC) $(HOST_FLAGS) $(POWERCUT_WRAPS:%=-Wl,--wrap=%) $^
