// SPDX-License-Identifier: Apache-2.0
#include "sign_in.h"

#include <string.h>

#include "date_text.h"
#include "keccak.h"

#define HEX_DIGITS 40u

typedef struct {
    uint8_t *buf;
    size_t len;
} writer;  // the fields' limits are below the buffer's

static void put(writer *out, const void *ptr, size_t len) {
    memcpy(out->buf + out->len, ptr, len);
    out->len += len;
}

static void put_text(writer *out, const char *text) {
    put(out, text, strlen(text));
}

static void put_bytes(writer *out, tm_bytes bytes) {
    put(out, bytes.ptr, bytes.len);
}

static void put_number(writer *out, uint32_t value) {
    char digits[10];
    size_t len = 0;
    do digits[sizeof digits - ++len] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    put(out, digits + sizeof digits - len, len);
}

// EIP-55: a letter is a capital where the hash of the small ones has a high nibble.
static void put_address(writer *out, const uint8_t address[20]) {
    static const char small[] = "0123456789abcdef";
    char text[HEX_DIGITS];
    uint8_t hash[32];
    for (size_t i = 0; i < HEX_DIGITS; i++) text[i] = small[address[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
    tm_keccak256(text, sizeof text, hash);
    for (size_t i = 0; i < HEX_DIGITS; i++) {
        const bool high = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 8) != 0;
        if (high && text[i] >= 'a') text[i] = (char)(text[i] - 'a' + 'A');
    }
    put_text(out, "0x");
    put(out, text, sizeof text);
}

static bool is_small(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_client(tm_bytes text) {
    if (text.len == 0 || text.len > TM_LIMIT_SIGN_IN_CLIENT_BYTES) return false;
    for (size_t i = 0; i < text.len; i++) {
        const bool inside = i > 0 && i + 1 < text.len;
        const uint8_t c = text.ptr[i];
        if (!is_small(c) && !(inside && (c == '.' || c == '-'))) return false;
    }
    return true;
}

static bool is_nonce(tm_bytes text) {
    if (text.len < TM_LIMIT_SIGN_IN_NONCE_MIN || text.len > TM_LIMIT_SIGN_IN_NONCE_MAX) return false;
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t c = text.ptr[i];
        if (!is_small(c) && !(c >= 'A' && c <= 'Z')) return false;
    }
    return true;
}

static bool is_pinned(tm_bytes domain) {
    static const char *const PINNED[] = {TM_SIGN_IN_DOMAIN_DIMO, TM_SIGN_IN_DOMAIN_DIMO_DEV};
    for (size_t i = 0; i < sizeof PINNED / sizeof PINNED[0]; i++) {
        if (tm_bytes_equal(domain, tm_bytes_of(PINNED[i], strlen(PINNED[i])))) return true;
    }
    return false;
}

tm_error tm_sign_in_message(const tm_sign_in *fields, uint8_t buf[TM_SIGN_IN_MESSAGE_BYTES], tm_bytes *message) {
    writer out = {buf, 0};
    char issued_at[TM_DATE_TEXT_BYTES];
    if (!is_pinned(fields->domain)) return TM_ERROR_SIGN_IN_DOMAIN;
    if (!is_client(fields->client) || !is_nonce(fields->nonce)) return TM_ERROR_MESSAGE_FIELD;
    if (!tm_date_text(fields->issued_at, issued_at)) return TM_ERROR_MESSAGE_FIELD;
    put_bytes(&out, fields->domain);
    put_text(&out, " wants you to sign in with your Ethereum account:\n");
    put_address(&out, fields->address);
    put_text(&out, "\n\n");
    put_bytes(&out, fields->client);
    put_text(&out, " is asking you sign in.\n\nURI: https://");
    put_bytes(&out, fields->domain);
    put_text(&out, "\nVersion: 1\nChain ID: ");
    put_number(&out, TM_SIGN_IN_CHAIN_ID);
    put_text(&out, "\nNonce: ");
    put_bytes(&out, fields->nonce);
    put_text(&out, "\nIssued At: ");
    put(&out, issued_at, sizeof issued_at);
    *message = tm_bytes_of(buf, out.len);
    return TM_OK;
}

void tm_sign_in_digest(tm_bytes message, uint8_t digest[32]) {
    uint8_t head[48];
    writer out = {head, 0};
    tm_keccak256_state state;
    put_text(&out, "\x19" "Ethereum Signed Message:\n");
    put_number(&out, (uint32_t)message.len);
    tm_keccak256_init(&state);
    tm_keccak256_update(&state, head, out.len);
    tm_keccak256_update(&state, message.ptr, message.len);
    tm_keccak256_final(&state, digest);
}
