// SPDX-License-Identifier: Apache-2.0
// Trie proofs. The input is a list of nodes, each behind its length and the place where the next node's hash goes, so
// that the fuzzer does not have to guess hashes.
#include <string.h>

#include "keccak.h"
#include "trie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 4, NODES = 8 };

typedef struct {
    tm_trie_nodes nodes;  // first: the callback gets this
    uint32_t given;
    size_t len[NODES];
    uint8_t bytes[NODES][TM_LIMIT_TRIE_NODE_BYTES];
} proof;

static tm_error next(tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len) {
    proof *p = (proof *)nodes;
    const uint32_t i = p->given++;
    if (i >= p->nodes.count) __builtin_trap();  // asked more often than there are nodes
    if (p->len[i] > size) return TM_ERROR_PROOF_NODE_MALFORMED;
    memcpy(buf, p->bytes[i], p->len[i]);
    *len = p->len[i];
    return TM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static proof p;
    static tm_trie_buffer buffer;
    size_t hash_at[NODES];
    uint32_t count = 0;
    for (size_t off = 0; count < NODES && size - off > HEAD; count++) {
        size_t len = tm_load16_be(data + off) % (TM_LIMIT_TRIE_NODE_BYTES + 1);
        hash_at[count] = tm_load16_be(data + off + 2) % TM_LIMIT_TRIE_NODE_BYTES;
        off += HEAD;
        if (len > size - off) len = size - off;
        memcpy(p.bytes[count], data + off, len);
        p.len[count] = len;
        off += len;
    }
    uint8_t root[TM_KECCAK256_SIZE] = {0};
    for (uint32_t i = count; i-- > 0;) {
        if (i + 1 < count && hash_at[i] + sizeof root <= p.len[i]) memcpy(p.bytes[i] + hash_at[i], root, sizeof root);
        tm_keccak256(p.bytes[i], p.len[i], root);
    }
    p.nodes = (tm_trie_nodes){.next = next, .count = count};
    p.given = 0;

    static const uint8_t key[32] = {0};
    tm_bytes value;
    const tm_error verdict = tm_trie_prove(root, key, &p.nodes, &buffer, TM_ERROR_LICENSE_ABSENT, &value);
    if (verdict == TM_OK && (value.ptr < buffer.node || value.ptr + value.len > buffer.node + sizeof buffer.node)) {
        __builtin_trap();
    }
    return 0;
}
