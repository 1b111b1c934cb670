# SPDX-License-Identifier: Apache-2.0
# make signed: build/firmware/host/tm-signed, what the device would sign (signed_runner.c), under ASan and UBSan.
.PHONY: signed
signed: $(BUILD)/host/tm-signed

$(BUILD)/host/tm-signed: $(BUILD)/obj/asan/test/signed_runner.o $(TEST_FOLDER)/core.a
	@mkdir -p $(@D)
	@./into $@ $(CC) $(ASAN_FLAGS) $^
