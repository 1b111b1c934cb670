// SPDX-License-Identifier: Apache-2.0
// #chain: its form, and the trust statements in it.
#include "chain.h"
#include "trust_statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static tm_statement_buffer buffer;
    const tm_source source = tm_source_memory(tm_bytes_of(data, size));
    tm_chain chain;
    if (tm_chain_open(&source, &chain) != TM_OK) return 0;
    if (chain.header.off > size || chain.header.len > size - chain.header.off) __builtin_trap();
    tm_cbor_walk walk = {source, chain.statements.off};
    for (uint32_t i = 0; i < chain.statements.count; i++) {
        tm_trust_statement statement;
        tm_trust trust;
        if (tm_trust_statement_read(&walk, &statement) != TM_OK) return 0;
        (void)tm_trust_statement_block(&source, &statement, &buffer, &trust);
    }
    return 0;
}
