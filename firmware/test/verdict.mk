# SPDX-License-Identifier: Apache-2.0
# make verdict: build/firmware/host/tm-verdict, the device's verdicts for vectors (vector_runner.c).
.PHONY: verdict
verdict: $(BUILD)/host/tm-verdict

$(BUILD)/host/core.a: $(call objects,host,$(CORE))
	@mkdir -p $(@D)
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/host/tm-verdict: $(BUILD)/obj/host/test/vector_runner.o $(BUILD)/host/core.a
	@$(CC) $(HOST_FLAGS) $^ -o $@
