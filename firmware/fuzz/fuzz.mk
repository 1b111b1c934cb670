# SPDX-License-Identifier: Apache-2.0
# make fuzz: one fuzzer for each fuzz_NAME.c, from the tested core with coverage and sanitizers.
# A fuzzer takes seconds, a seed and a folder of inputs to start from: see driver.c.
FUZZERS = $(patsubst fuzz/fuzz_%.c,%,$(wildcard fuzz/fuzz_*.c))

fuzz_cc = $(asan_cc) -fsanitize-coverage=trace-pc
$(eval $(call variant,fuzz))

.PHONY: fuzz
.SECONDARY: $(patsubst %,$(BUILD)/obj/fuzz/fuzz/fuzz_%.o,$(FUZZERS)) $(BUILD)/obj/asan/fuzz/driver.o
fuzz: $(patsubst %,$(BUILD)/fuzz/%,$(FUZZERS))

# An archive, so that a fuzzer links what it reaches and needs no port.
$(BUILD)/fuzz/core.a: $(call objects,fuzz,$(CORE))
	@mkdir -p $(@D)
	@$(AR) rcs $@.$$$$ $^ && mv $@.$$$$ $@

$(BUILD)/fuzz/%: $(BUILD)/obj/fuzz/fuzz/fuzz_%.o $(BUILD)/obj/asan/fuzz/driver.o $(BUILD)/fuzz/core.a
	@./into $@ $(CC) $(ASAN_FLAGS) $^
