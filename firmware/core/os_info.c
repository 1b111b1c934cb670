// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "device.h"
#include "launched.h"
#include "os_group.h"
#include "port.h"
#include "version.h"

#define OUTPUT_BYTES 128u
#define FORMAT_ALL "snrvmpio"

typedef struct {
    char text[OUTPUT_BYTES];
    size_t len;
} output;

static void put(output *out, const char *text, size_t len) {
    if (len >= OUTPUT_BYTES - out->len) return;
    if (out->len > 0) out->text[out->len++] = ' ';
    memcpy(out->text + out->len, text, len);
    out->len += len;
}

static void put_chip_id(output *out) {
    static const char digits[] = "0123456789abcdef";
    uint8_t id[PORT_CHIP_ID_SIZE];
    char hex[2 * PORT_CHIP_ID_SIZE];
    port_chip_id(id);
    for (size_t i = 0; i < sizeof id; i++) {
        hex[2 * i] = digits[id[i] >> 4];
        hex[2 * i + 1] = digits[id[i] & 15];
    }
    put(out, hex, sizeof hex);
}

// Where other systems tell of their build: version, life, and how the bootloader came to start it.
static void put_version(output *out) {
    static const char *const LIVES[] = {"blank", "born", "enrolled", "locked"};
    static const char *const BOOTS[] = {"confirmed", "trial", "reverted", "fallback"};
    const char *const life = LIVES[tm_the_device.life & 3u];
    const char *const boot = BOOTS[(uint32_t)tm_launched()->reason & 3u];
    put(out, tm_version, strlen(tm_version));
    put(out, life, strlen(life));
    put(out, boot, strlen(boot));
}

static tm_error put_field(output *out, char field) {
    switch (field) {
        case 's': put(out, "Touchmark", 9); return TM_OK;
        case 'n': put_chip_id(out); return TM_OK;
        case 'r': put(out, tm_version, strlen(tm_version)); return TM_OK;
        case 'v': put_version(out); return TM_OK;
        case 'm':
        case 'p':
        case 'i': put(out, port_name, strlen(port_name)); return TM_OK;
        case 'o': put(out, "Touchmark", 9); return TM_OK;
        default: return TM_ERROR_MESSAGE_FIELD;
    }
}

// {?format: tstr, letters as uname's, "a" for all} -> {output: tstr}
tm_error tm_os_info(tm_smp_call *call) {
    output out = {.len = 0};
    tm_bytes format;
    TM_TRY(tm_smp_tstr(call, "format", &format));
    if (format.len == 0) format = tm_bytes_of("s", 1);
    if (format.len == 1 && format.ptr[0] == 'a') format = tm_bytes_of(FORMAT_ALL, strlen(FORMAT_ALL));
    if (format.len > strlen(FORMAT_ALL)) return TM_ERROR_MESSAGE_FIELD;
    for (size_t i = 0; i < format.len; i++) TM_TRY(put_field(&out, (char)format.ptr[i]));
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "output");
    tm_cbor_put_tstr_len(&call->response, out.text, out.len);
    return TM_OK;
}
