// SPDX-License-Identifier: Apache-2.0
#include "trust_statement.h"

#include <string.h>

#include "sha256.h"
#include "trust_signatures.h"

#define MEMBERS 5u  // without new-root

tm_error tm_trust_statement_read(tm_cbor_walk *walk, tm_trust_statement *statement) {
    uint32_t members;
    tm_trust_signature signature;
    TM_TRY(tm_walk_array(walk, MEMBERS, MEMBERS + 1, &members));
    TM_TRY(tm_walk_fixed(walk, statement->old_hash, sizeof statement->old_hash));
    TM_TRY(tm_walk_bstr(walk, TM_TRUST_BLOCK_BYTES, TM_TRUST_BLOCK_BYTES, &statement->block));
    TM_TRY(tm_walk_uint(walk, &statement->floor_number));
    TM_TRY(tm_walk_uint(walk, &statement->floor_timestamp));
    TM_TRY(tm_walk_array(walk, 1, TM_LIMIT_STATEMENT_SIGNATURES, &statement->signatures_count));
    statement->signatures_off = walk->off;
    for (uint32_t i = 0; i < statement->signatures_count; i++) TM_TRY(tm_trust_signature_read(walk, &signature));
    statement->new_root = (tm_span){0, 0};
    return members == MEMBERS ? TM_OK : tm_walk_bstr(walk, 1, TM_LIMIT_CERTIFICATE_BYTES, &statement->new_root);
}

tm_error tm_trust_statement_block(const tm_source *chain, const tm_trust_statement *statement,
                                  tm_statement_buffer *buffer, tm_trust *trust) {
    TM_TRY(tm_source_read(chain, statement->block.off, buffer->bytes, TM_TRUST_BLOCK_BYTES));
    TM_TRY(tm_trust_decode(buffer->bytes, trust));
    const bool floor_is_zero = trust->floor_number == 0 && trust->floor_timestamp == 0;
    return floor_is_zero ? TM_OK : TM_ERROR_TRUST_BLOCK_MALFORMED;
}

static tm_error check_old_hash(const tm_trust_statement *statement, const tm_trust *old) {
    uint8_t hash[32];
    tm_trust_hash(old, hash);
    return tm_equal(hash, statement->old_hash, sizeof hash) ? TM_OK : TM_ERROR_TRUST_OLD_HASH;
}

static tm_error check_change(const tm_trust_statement *statement, uint64_t least_floor, const tm_trust *old,
                             const tm_trust *new) {
    uint8_t before[32];
    uint8_t after[32];
    tm_trust_constant_hash(old, before);
    tm_trust_constant_hash(new, after);
    if (!tm_equal(before, after, sizeof before)) return TM_ERROR_TRUST_CONSTANT;
    if (new->epoch <= old->epoch) return TM_ERROR_TRUST_EPOCH;
    return statement->floor_number >= least_floor ? TM_OK : TM_ERROR_TRUST_FLOOR;
}

// Into buffer.
static tm_error check_new_root(const tm_source *chain, const tm_trust_statement *statement, const tm_trust *new,
                               tm_statement_buffer *buffer) {
    uint8_t hash[32];
    TM_TRY(tm_source_read(chain, statement->new_root.off, buffer->bytes, statement->new_root.len));
    tm_sha256(buffer->bytes, statement->new_root.len, hash);
    if (!tm_equal(hash, new->root_hash, sizeof hash)) return TM_ERROR_ROOT_MISMATCH;
    return tm_anchor_check_root(tm_bytes_of(buffer->bytes, statement->new_root.len), new->chain_id,
                                new->manufacturer_id);
}

tm_error tm_trust_statement_apply(const tm_source *chain, const tm_trust_statement *statement, uint64_t least_floor,
                                  tm_statement_buffer *buffer, tm_anchor *anchor) {
    tm_trust new;
    tm_trust_change change = {.statement = statement, .old = &anchor->trust, .new = &new};
    tm_certificate root;
    TM_TRY(check_old_hash(statement, &anchor->trust));
    TM_TRY(tm_trust_statement_block(chain, statement, buffer, &new));
    TM_TRY(check_change(statement, least_floor, &anchor->trust, &new));
    change.root_changes = memcmp(new.root_hash, anchor->trust.root_hash, sizeof new.root_hash) != 0;
    if ((statement->new_root.len != 0) != change.root_changes) return TM_ERROR_TRUST_STATEMENT_MALFORMED;
    TM_TRY(tm_trust_signatures_form(chain, &change));
    if (change.root_changes) TM_TRY(check_new_root(chain, statement, &new, buffer));
    TM_TRY(tm_anchor_root(anchor, &root));
    memcpy(change.root_key, root.public_key, sizeof change.root_key);
    if (change.root_changes) {
        TM_TRY(tm_x509_parse(tm_bytes_of(buffer->bytes, statement->new_root.len), &root));
        memcpy(change.new_root_key, root.public_key, sizeof change.new_root_key);
        memcpy(anchor->root, buffer->bytes, statement->new_root.len);
        anchor->root_len = (uint16_t)statement->new_root.len;
    }
    TM_TRY(tm_trust_signatures_check(chain, &change));
    new.floor_number = anchor->trust.floor_number;
    new.floor_timestamp = anchor->trust.floor_timestamp;
    anchor->trust = new;
    tm_trust_advance_floor(&anchor->trust, statement->floor_number, statement->floor_timestamp);
    return TM_OK;
}
