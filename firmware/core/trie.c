// SPDX-License-Identifier: Apache-2.0
#include "trie.h"

#include <string.h>

#include "keccak.h"
#include "rlp.h"

#define KEY_NIBBLES 64u
#define HASH_SIZE 32u
#define BRANCH_ITEMS 17u

// Far apart, so that one skipped instruction or flipped bit does not turn one outcome into another.
typedef enum {
    GO_ON_HASHED = 0x1e5c73a9,
    GO_ON_EMBEDDED = 0x62d1b80f,
    PRESENT = 0x35a6cc71,
    ABSENT = 0x5b69175e,
} outcome;

typedef struct {
    const uint8_t *key;
    uint32_t depth;           // nibbles of key behind us
    bool after_extension;     // only a branch may follow
    uint8_t hash[HASH_SIZE];  // of the next node, for GO_ON_HASHED
    tm_bytes node;            // the current node, or the embedded one to go on with
    tm_bytes value;           // for PRESENT
} walk;

// A node's compact path (yellow paper, appendix C: hex prefix).
typedef struct {
    bool is_leaf;
    bool is_odd;
    tm_bytes packed;  // with the prefix
    uint32_t nibbles;
} hex_path;

static uint8_t nibble_at(const uint8_t *packed, uint32_t index) {
    const uint8_t byte = packed[index / 2];
    return index % 2 ? byte & 0x0f : byte >> 4;
}

static tm_error hex_path_read(tm_bytes packed, hex_path *path) {
    if (packed.len == 0 || packed.len > 1 + HASH_SIZE) return TM_ERROR_PROOF_NODE_MALFORMED;
    const uint8_t flags = packed.ptr[0] >> 4;
    if (flags > 3) return TM_ERROR_PROOF_NODE_MALFORMED;
    path->is_leaf = (flags & 2) != 0;
    path->is_odd = (flags & 1) != 0;
    if (!path->is_odd && (packed.ptr[0] & 0x0f) != 0) return TM_ERROR_PROOF_NODE_MALFORMED;
    path->packed = packed;
    path->nibbles = (uint32_t)(2 * (packed.len - 1)) + (path->is_odd ? 1 : 0);
    return TM_OK;
}

static bool path_matches(const hex_path *path, const walk *w) {
    const uint32_t skip = path->is_odd ? 1 : 2;
    for (uint32_t i = 0; i < path->nibbles; i++) {
        if (nibble_at(path->packed.ptr, skip + i) != nibble_at(w->key, w->depth + i)) return false;
    }
    return true;
}

// A child by hash, or a whole node where its encoding is shorter than a hash.
static bool is_reference(const tm_rlp_item *child) {
    return child->is_list ? child->encoded.len < HASH_SIZE : child->payload.len == HASH_SIZE;
}

static bool is_empty(const tm_rlp_item *child) {
    return !child->is_list && child->payload.len == 0;
}

static outcome follow(walk *w, const tm_rlp_item *child) {
    if (child->is_list) {
        w->node = child->encoded;
        return GO_ON_EMBEDDED;
    }
    memcpy(w->hash, child->payload.ptr, HASH_SIZE);
    return GO_ON_HASHED;
}

static tm_error visit_branch(walk *w, const tm_rlp_item items[BRANCH_ITEMS], outcome *result) {
    for (uint32_t i = 0; i < 16; i++) {
        if (!is_empty(&items[i]) && !is_reference(&items[i])) return TM_ERROR_PROOF_NODE_MALFORMED;
    }
    // All keys are 32 bytes long, so none ends inside a branch.
    if (!is_empty(&items[16])) return TM_ERROR_PROOF_NODE_MALFORMED;
    if (w->depth >= KEY_NIBBLES) return TM_ERROR_PROOF_PATH;
    const tm_rlp_item *child = &items[nibble_at(w->key, w->depth)];
    w->depth++;
    w->after_extension = false;
    *result = is_empty(child) ? ABSENT : follow(w, child);
    return TM_OK;
}

static tm_error visit_leaf(walk *w, const hex_path *path, const tm_rlp_item *value, outcome *result) {
    if (w->depth + path->nibbles != KEY_NIBBLES) return TM_ERROR_PROOF_PATH;
    if (value->is_list || value->payload.len == 0) return TM_ERROR_PROOF_NODE_MALFORMED;
    w->value = value->payload;
    *result = path_matches(path, w) ? PRESENT : ABSENT;
    return TM_OK;
}

static tm_error visit_extension(walk *w, const hex_path *path, const tm_rlp_item *child, outcome *result) {
    if (path->nibbles == 0 || !is_reference(child)) return TM_ERROR_PROOF_NODE_MALFORMED;
    if (w->depth + path->nibbles >= KEY_NIBBLES) return TM_ERROR_PROOF_PATH;
    if (!path_matches(path, w)) {
        *result = ABSENT;
        return TM_OK;
    }
    w->depth += path->nibbles;
    w->after_extension = true;
    *result = follow(w, child);
    return TM_OK;
}

static tm_error visit_short(walk *w, const tm_rlp_item items[2], outcome *result) {
    hex_path path;
    if (w->after_extension || items[0].is_list) return TM_ERROR_PROOF_NODE_MALFORMED;
    TM_TRY(hex_path_read(items[0].payload, &path));
    return path.is_leaf ? visit_leaf(w, &path, &items[1], result) : visit_extension(w, &path, &items[1], result);
}

static tm_error visit(walk *w, outcome *result) {
    tm_rlp_item items[BRANCH_ITEMS];
    tm_bytes rest = w->node, list;
    uint32_t count = 0;
    TM_TRY(tm_rlp_next_list(&rest, &list));
    TM_TRY(tm_rlp_end(rest));
    for (; list.len > 0; count++) {
        if (count == BRANCH_ITEMS) return TM_ERROR_PROOF_NODE_MALFORMED;
        TM_TRY(tm_rlp_next(&list, &items[count]));
    }
    if (count == BRANCH_ITEMS) return visit_branch(w, items, result);
    if (count == 2) return visit_short(w, items, result);
    return TM_ERROR_PROOF_NODE_MALFORMED;
}

static tm_error fetch_node(walk *w, tm_trie_nodes *nodes, tm_trie_buffer *buffer, bool is_root) {
    uint8_t hash[HASH_SIZE];
    size_t len = 0;
    TM_TRY(nodes->next(nodes, buffer->node, sizeof buffer->node, &len));
    if (len > sizeof buffer->node) return TM_ERROR_PROOF_NODE_MALFORMED;
    tm_keccak256(buffer->node, len, hash);
    if (!tm_equal(hash, w->hash, HASH_SIZE)) return TM_ERROR_PROOF_NODE_HASH;
    // A shorter node stands inside its parent; only the root is hashed whatever its length.
    if (len < HASH_SIZE && !is_root) return TM_ERROR_PROOF_NODE_MALFORMED;
    w->node = tm_bytes_of(buffer->node, len);
    return TM_OK;
}

static tm_error walk_down(walk *w, tm_trie_nodes *nodes, tm_trie_buffer *buffer, outcome *result) {
    uint32_t used = 0;
    *result = GO_ON_HASHED;
    // Every pass takes a node on offer or, inside one, a nibble of the key: at most 24 + 64.
    while (*result == GO_ON_HASHED || *result == GO_ON_EMBEDDED) {
        if (*result == GO_ON_HASHED) {
            if (used == nodes->count) return TM_ERROR_PROOF_INCOMPLETE;
            TM_TRY(fetch_node(w, nodes, buffer, used == 0));
            used++;
        }
        TM_TRY(visit(w, result));
    }
    return used == nodes->count ? TM_OK : TM_ERROR_PROOF_UNUSED_NODE;
}

// The empty trie's root is the hash of the empty string's RLP.
static bool is_empty_trie(const uint8_t root[32]) {
    const uint8_t empty = 0x80;
    uint8_t hash[HASH_SIZE];
    tm_keccak256(&empty, 1, hash);
    return tm_equal(hash, root, HASH_SIZE);
}

tm_error tm_trie_prove(const uint8_t root[32], const uint8_t key[32], tm_trie_nodes *nodes, tm_trie_buffer *buffer,
                       tm_error absent, tm_bytes *value) {
    walk w = {.key = key};
    outcome result;
    if (nodes->count > TM_LIMIT_TRIE_DEPTH) return TM_ERROR_PROOF_TOO_DEEP;
    if (nodes->count == 0) return is_empty_trie(root) ? absent : TM_ERROR_PROOF_INCOMPLETE;
    memcpy(w.hash, root, HASH_SIZE);
    TM_TRY(walk_down(&w, nodes, buffer, &result));
    if (result == ABSENT) return absent;
    if (result != PRESENT) return TM_ERROR_INTERNAL;  // reached by a fault only
    *value = w.value;
    return TM_OK;
}
