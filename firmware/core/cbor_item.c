// SPDX-License-Identifier: Apache-2.0
// One item from end to end: form, depth, counts, key order. The only place that walks into containers.
#include "cbor_head.h"
#include "utf8.h"

typedef struct {
    uint32_t left;       // items to come; unused if indefinite
    uint32_t items;      // items so far
    bool indefinite;
    bool is_map;
    tm_bytes last_key;   // encoded
} level;

typedef struct {
    tm_bytes rest;
    tm_cbor_mode mode;
    uint32_t depth;  // open containers and tags
    level levels[1 + TM_LIMIT_CBOR_DEPTH];  // 0 holds the one item itself
} walker;

static level *top(walker *w) {
    return &w->levels[w->depth];
}

static tm_error push(walker *w, const tm_cbor_head *head) {
    const bool is_map = head->major == TM_CBOR_MAP;
    const uint32_t per_entry = is_map ? 2 : 1;
    const uint64_t entries = head->major == TM_CBOR_TAG ? 1 : head->value;
    if (w->depth == TM_LIMIT_CBOR_DEPTH) return TM_ERROR_CBOR_TOO_DEEP;
    if (entries > TM_LIMIT_CBOR_ITEMS / per_entry) return TM_ERROR_CBOR_MALFORMED;
    w->depth++;
    *top(w) = (level){.left = per_entry * (uint32_t)entries, .indefinite = head->indefinite, .is_map = is_map};
    return TM_OK;
}

static tm_error take_string(walker *w, const tm_cbor_head *head) {
    if (head->value > w->rest.len) return TM_ERROR_CBOR_MALFORMED;
    const tm_bytes text = tm_bytes_of(w->rest.ptr, (size_t)head->value);
    if (head->major == TM_CBOR_TSTR && !tm_utf8_valid(text)) return TM_ERROR_CBOR_MALFORMED;
    w->rest = tm_bytes_of(w->rest.ptr + text.len, w->rest.len - text.len);
    return TM_OK;
}

// Strictly: no tag that a decoder would have to make sense of, no integer below -2^63.
static bool is_ours(const tm_cbor_head *head) {
    const uint64_t value = head->value;
    if (head->major == TM_CBOR_NINT) return value <= INT64_MAX;
    return head->major != TM_CBOR_TAG || value == TM_COSE_TAG_SIGN1 || value == TM_COSE_TAG_CWT ||
           value == TM_COSE_TAG_SUIT_ENVELOPE;
}

static tm_error take_content(walker *w, const tm_cbor_head *head) {
    switch (head->major) {
    case TM_CBOR_BSTR:
    case TM_CBOR_TSTR: return take_string(w, head);
    case TM_CBOR_ARRAY:
    case TM_CBOR_MAP:
    case TM_CBOR_TAG: return push(w, head);
    default: return TM_OK;
    }
}

// Strictly ascending, so that a duplicate shows as its own neighbour.
static tm_error check_key(walker *w, level *map, tm_bytes key) {
    const int order = tm_bytes_compare(map->last_key, key);
    map->last_key = key;
    if (w->mode == TM_CBOR_TOLERANT || order < 0) return TM_OK;
    return order == 0 ? TM_ERROR_CBOR_MALFORMED : TM_ERROR_CBOR_NOT_DETERMINISTIC;
}

static tm_error take_item(walker *w) {
    level *parent = top(w);
    const bool is_key = parent->is_map && parent->items % 2 == 0;
    const uint8_t *start = w->rest.ptr;
    tm_cbor_head head;
    TM_TRY(tm_cbor_head_read(&w->rest, w->mode, &head));
    if (head.major == TM_CBOR_SIMPLE && head.indefinite) return TM_ERROR_CBOR_MALFORMED;
    if (is_key && head.major > TM_CBOR_TSTR) return TM_ERROR_CBOR_MALFORMED;
    if (w->mode == TM_CBOR_STRICT && !is_ours(&head)) return TM_ERROR_CBOR_MALFORMED;
    if (++parent->items > TM_LIMIT_CBOR_ITEMS) return TM_ERROR_CBOR_MALFORMED;
    parent->left--;
    TM_TRY(take_content(w, &head));
    return is_key ? check_key(w, parent, tm_bytes_of(start, (size_t)(w->rest.ptr - start))) : TM_OK;
}

// True when the container on top has just ended; takes the break of an indefinite one.
static bool ends(walker *w) {
    const level *container = top(w);
    if (!container->indefinite) return container->left == 0;
    const bool whole_entries = !container->is_map || container->items % 2 == 0;
    if (!whole_entries || w->rest.len == 0 || w->rest.ptr[0] != 0xff) return false;
    w->rest = tm_bytes_of(w->rest.ptr + 1, w->rest.len - 1);
    return true;
}

tm_error tm_cbor_item(tm_cbor *in, tm_bytes *encoded) {
    walker w = {.rest = tm_bytes_of(in->next, (size_t)(in->end - in->next)), .mode = in->mode};
    w.levels[0] = (level){.left = 1};
    for (;;) {
        if (!ends(&w)) {
            TM_TRY(take_item(&w));
        } else if (w.depth > 0) {
            w.depth--;
        } else {
            break;
        }
    }
    *encoded = tm_bytes_of(in->next, (size_t)(w.rest.ptr - in->next));
    in->next = w.rest.ptr;
    return TM_OK;
}
