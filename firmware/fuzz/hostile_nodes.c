// SPDX-License-Identifier: Apache-2.0
// Trie nodes of an attacker who controls the root: an honest proof, one node of it bent, everything above hashed anew.
// Whatever they say, tm_trie_prove has to end, stay in its buffer, take every node once, and find what stands in the last
// node. Where the bend fell into the value or into a child that nobody walks, the proof holds: of another trie.
//
//     hostile-nodes COUNT SEED     prints: N hostile, N of another trie, N absent, N refused, 0 failures, seed S, T s
//
// Progress goes to standard error. Ends with 1 at the first failure, the sanitizers' among them.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "keccak.h"
#include "trie.h"

enum { DEPTH_MAX = 10, HASH = 32, VALUE = 33, PROGRESS = 50000 };

typedef struct {
    uint8_t bytes[TM_LIMIT_TRIE_NODE_BYTES + 64];
    size_t len;
} node;

typedef struct {
    tm_trie_nodes nodes;  // first: the callback gets this
    uint32_t given;
    node list[DEPTH_MAX];
} proof;

static uint64_t random_state, seed, hostile;

static _Noreturn void fail(const char *what) {
    printf("stopped after %" PRIu64 " hostile: %s, 1 failure, seed %" PRIu64 "\n", hostile, what, seed);
    exit(1);
}

static uint32_t below(uint32_t bound) {
    random_state ^= random_state << 13, random_state ^= random_state >> 7, random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 33) % bound);
}

static void put(node *n, const void *bytes, size_t len) {
    memcpy(n->bytes + n->len, bytes, len);
    n->len += len;
}

static void put_byte(node *n, uint32_t byte) {
    n->bytes[n->len++] = (uint8_t)byte;
}

static void put_string(node *n, const uint8_t *bytes, size_t len) {
    if (len != 1 || bytes[0] >= 0x80) put_byte(n, 0x80 + (uint32_t)len);
    put(n, bytes, len);
}

// A list around what stands in n.
static void close_list(node *n) {
    const size_t prefix = n->len < 56 ? 1 : n->len < 256 ? 2 : 3;
    memmove(n->bytes + prefix, n->bytes, n->len);
    if (prefix == 1) n->bytes[0] = (uint8_t)(0xc0 + n->len);
    if (prefix == 2) n->bytes[0] = 0xf8, n->bytes[1] = (uint8_t)n->len;
    if (prefix == 3) n->bytes[0] = 0xf9, tm_store16_be(n->bytes + 1, (uint16_t)n->len);
    n->len += prefix;
}

static uint32_t nibble(const uint8_t key[32], uint32_t i) {
    return i % 2 ? key[i / 2] & 15u : key[i / 2] >> 4;
}

static void put_path(node *n, const uint8_t key[32], uint32_t from, uint32_t count, bool leaf) {
    uint8_t packed[34] = {0};
    const uint32_t odd = count % 2;
    packed[0] = (uint8_t)((leaf ? 0x20u : 0u) + (odd ? 0x10u + nibble(key, from) : 0u));
    for (uint32_t i = odd; i < count; i += 2) {
        packed[1 + i / 2] = (uint8_t)(nibble(key, from + i) << 4 | nibble(key, from + i + 1));
    }
    put_string(n, packed, 1 + count / 2);
}

static void make_branch(node *n, uint32_t at, const uint8_t child[HASH]) {
    uint8_t other[HASH];
    n->len = 0;
    for (uint32_t i = 0; i < 16; i++) {
        for (uint32_t j = 0; j < HASH; j++) other[j] = (uint8_t)below(256);
        if (i == at) put_string(n, child, HASH);
        else if (below(3)) put_string(n, other, HASH);
        else put_byte(n, 0x80);
    }
    put_byte(n, 0x80);
    close_list(n);
}

// One change of the kinds that parsers trip over, in the node's own bytes.
static void bend(node *n) {
    static const uint8_t HEADS[] = {0x00, 0x20, 0x30, 0x40, 0x7f, 0x80, 0x81, 0xa0, 0xb7, 0xb8, 0xb9, 0xbf,
                                    0xc0, 0xc1, 0xd0, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xff, 0x10, 0x0f, 0x01};
    const size_t at = below((uint32_t)n->len);
    switch (below(8)) {
    case 0: n->bytes[at] ^= (uint8_t)(1u << below(8)); break;
    case 1: n->bytes[at] = HEADS[below(sizeof HEADS)]; break;
    case 2: n->bytes[below(6) % n->len] = HEADS[below(sizeof HEADS)]; break;
    case 3: n->len = at; break;
    case 4: put_byte(n, below(256)); break;
    case 5: memmove(n->bytes + at, n->bytes + at + 1, --n->len - at); break;
    case 6: memmove(n->bytes + at + 1, n->bytes + at, n->len++ - at); break;
    default: for (uint32_t i = 1 + below(20); i > 0; i--) put_byte(n, 0); break;
    }
}

static tm_error next(tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len) {
    proof *p = (proof *)nodes;
    if (p->given >= p->nodes.count) fail("a node asked for that is not there");
    const node *n = &p->list[p->given++];
    if (n->len > size) return TM_ERROR_PROOF_NODE_MALFORMED;
    memcpy(buf, n->bytes, n->len);
    *len = n->len;
    return TM_OK;
}

// An honest proof of value under key, bent at one node in seven of eight; hashed upward whatever stands in it.
static bool build(proof *p, const uint8_t key[32], const uint8_t value[VALUE], uint8_t root[HASH]) {
    const uint32_t depth = 1 + below(DEPTH_MAX);
    const uint32_t bent = below(8) ? below(depth) : depth;
    const uint32_t extended = below(4) ? depth : below(depth);
    uint32_t from[DEPTH_MAX + 1] = {0};
    for (uint32_t i = 0; i + 1 < depth; i++) from[i + 1] = from[i] + (i == extended && i + 2 < depth ? 2 : 1);
    for (uint32_t i = depth; i-- > 0;) {
        node *n = &p->list[i];
        n->len = 0;
        if (i + 1 == depth) {
            put_path(n, key, from[i], 64 - from[i], true);
            put_string(n, value, VALUE);
            close_list(n);
        } else if (from[i + 1] - from[i] == 2) {
            put_path(n, key, from[i], 2, false);
            put_string(n, root, HASH);
            close_list(n);
        } else {
            make_branch(n, nibble(key, from[i]), root);
        }
        if (i == bent) bend(n);
        tm_keccak256(n->bytes, n->len, root);
    }
    p->nodes = (tm_trie_nodes){.next = next, .count = depth};
    p->given = 0;
    return bent < depth;
}

static bool stands_in(const node *n, tm_bytes value) {
    for (size_t at = 0; at + value.len <= n->len; at++) {
        if (memcmp(n->bytes + at, value.ptr, value.len) == 0) return true;
    }
    return false;
}

int main(int argc, char **argv) {
    if (argc != 3) return fputs("usage: hostile-nodes COUNT SEED\n", stderr), 2;
    const uint64_t count = strtoull(argv[1], NULL, 10);
    seed = strtoull(argv[2], NULL, 10);
    random_state = seed * 0x9e3779b97f4a7c15u + 1;
    const time_t began = time(NULL);
    uint64_t accepted = 0, absent = 0, refused = 0;
    while (hostile < count) {
        static proof p;
        static tm_trie_buffer buffer;
        uint8_t key[32], value[VALUE], root[HASH];
        tm_bytes found = {0};
        for (uint32_t i = 0; i < 32; i++) key[i] = (uint8_t)below(256);
        for (uint32_t i = 0; i < VALUE; i++) value[i] = (uint8_t)below(256);
        const bool bent = build(&p, key, value, root);
        const tm_error verdict = tm_trie_prove(root, key, &p.nodes, &buffer, TM_ERROR_LICENSE_ABSENT, &found);
        const bool inside = found.ptr >= buffer.node && found.ptr + found.len <= buffer.node + sizeof buffer.node;
        if (verdict == TM_OK && !inside) fail("a value outside of the buffer");
        if (verdict == TM_OK && p.given != p.nodes.count) fail("accepted, with nodes left over");
        if (verdict == TM_OK && !stands_in(&p.list[p.given - 1], found)) fail("a value that the last node has not");
        const bool same = found.len == VALUE && memcmp(found.ptr, value, VALUE) == 0;
        if (!bent && (verdict != TM_OK || !same)) fail("an honest proof refused");
        hostile += bent;
        accepted += bent && verdict == TM_OK;
        absent += bent && verdict == TM_ERROR_LICENSE_ABSENT;
        refused += bent && verdict != TM_OK && verdict != TM_ERROR_LICENSE_ABSENT;
        if (bent && hostile % PROGRESS == 0) fprintf(stderr, "%" PRIu64 " of %" PRIu64 "\n", hostile, count);
    }
    printf("%" PRIu64 " hostile, %" PRIu64 " of another trie, %" PRIu64 " absent, %" PRIu64 " refused, 0 failures, ", hostile,
           accepted, absent, refused);
    printf("seed %" PRIu64 ", %.0f s\n", seed, difftime(time(NULL), began));
    return 0;
}
