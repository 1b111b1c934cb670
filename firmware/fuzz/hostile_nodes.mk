# SPDX-License-Identifier: Apache-2.0
# make hostile-nodes: build/firmware/host/hostile-nodes, under ASan and UBSan (hostile_nodes.c).
.PHONY: hostile-nodes
hostile-nodes: $(BUILD)/host/hostile-nodes

$(BUILD)/host/hostile-nodes: $(BUILD)/obj/asan/fuzz/hostile_nodes.o $(TEST_FOLDER)/core.a
	@mkdir -p $(@D)
	@./into $@ $(CC) $(ASAN_FLAGS) $^
