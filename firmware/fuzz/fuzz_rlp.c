// SPDX-License-Identifier: Apache-2.0
// RLP items, one after the other and one inside the other.
#include "rlp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Deepest nesting that is entered; the reader itself knows no depth.
enum { DEPTH = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    tm_bytes rest[DEPTH] = {{data, size}};
    for (int depth = 0; depth >= 0;) {
        tm_rlp_item item;
        if (rest[depth].len == 0 || tm_rlp_next(&rest[depth], &item) != TM_OK) {
            depth--;
            continue;
        }
        uint64_t value;
        if (item.encoded.len < item.payload.len) __builtin_trap();
        if (!item.is_list) (void)tm_rlp_uint(item.payload, &value);
        else if (depth + 1 < DEPTH) rest[++depth] = item.payload;
    }
    return 0;
}
