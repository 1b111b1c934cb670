# SPDX-License-Identifier: Apache-2.0
# make path: build/firmware/host/tm-path, the device's verdicts over certificate paths under ASan and UBSan.
.PHONY: path
path: $(BUILD)/host/tm-path

$(BUILD)/host/tm-path: $(BUILD)/obj/asan/test/path_runner.o $(TEST_FOLDER)/core.a
	@mkdir -p $(@D)
	@./into $@ $(CC) $(ASAN_FLAGS) $^
