# SPDX-License-Identifier: Apache-2.0
# make test: every test/*_test.c as a program of its own under ASan and UBSan, against one archive of core and the model
# port. Prints TAP; fails if any line is "not ok" or any program ends otherwise than with 0.
TESTS = $(patsubst test/%.c,%,$(wildcard test/*_test.c))
TEST_FOLDER = $(BUILD)/host-test
NODE ?= $(lastword node $(wildcard $(CACHE)/node-24*/bin/node))
VECTORS ?= $(or $(TOUCHMARK_VECTORS),../../shared/vectors)

.PHONY: test $(TESTS)
test: $(TESTS)

# make NAME_test: one of them
$(TESTS): %: $(TEST_FOLDER)/% $(TEST_FOLDER)/vectors/stamp
	@echo "# $@"
	@$< $(TEST_FOLDER)/vectors

$(TEST_FOLDER)/core.a: $(BUILD)/obj/asan/version-$(VERSION).o $(call objects,asan,$(CORE) $(BOOTLOADER) $(MODEL_PORT) $(wildcard test/fixture/*.c))
	@mkdir -p $(@D)
	@$(AR) rcs $@.$$$$ $^ && mv $@.$$$$ $@

$(TEST_FOLDER)/%: $(BUILD)/obj/asan/test/%.o $(TEST_FOLDER)/core.a
	@./into $@ $(CC) $(ASAN_FLAGS) $^

# Other projects' vectors as lines; without their folder the tests that need them say so and skip.
$(TEST_FOLDER)/vectors/stamp: test/vectors.ts
	@mkdir -p $(@D)
	@if [ -d "$(VECTORS)" ]; then $(NODE) $< "$(VECTORS)" $(@D); fi
	@touch $@

.SECONDARY: $(patsubst %,$(BUILD)/obj/asan/test/%.o,$(TESTS))
