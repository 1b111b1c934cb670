# SPDX-License-Identifier: Apache-2.0
# make stream: build/firmware/stream, the installer over a NOR whose second slot holds 4 MiB (stream.c).
STREAM = $(wildcard stream/*.c)
stream_cc = $(CC) $(COMMON) $(HOST_FLAGS) -Icore -Itest -include stream/large_slots.h
$(eval $(call variant,stream))

.PHONY: stream
stream: $(BUILD)/stream

$(BUILD)/stream: $(BUILD)/obj/stream/version-$(VERSION).o $(call objects,stream,$(CORE) $(BOOTLOADER) $(MODEL_PORT) $(wildcard test/fixture/*.c) $(STREAM))
	@mkdir -p $(@D)
	@./into $@ $(CC) $(HOST_FLAGS) $^ -lpthread
