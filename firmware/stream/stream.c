// SPDX-License-Identifier: Apache-2.0
// stream BYTES: an image of so many bytes through the installer, as a unit takes it, on a stack that was painted before.
// Prints the bytes of stack that were touched. The core has no heap; its static RAM is the linker's to tell.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture/fixture_app.h"
#include "sha256.h"

enum { STACK = 1 << 20, CHUNK = 1900, PAINT = 0xa7 };

static uint8_t stack[STACK] __attribute__((aligned(65536)));
static uint32_t image_size;
static fixture_buffer front;  // the bundle before its image
static uint8_t chunk[CHUNK];

static uint8_t image_byte(uint32_t at) {
    return (uint8_t)((at * 2654435761u) >> 23);
}

static void sign_image(void) {
    tm_sha256_state hash;
    tm_sha256_init(&hash);
    for (uint32_t at = 0; at < image_size; at++) {
        const uint8_t byte = image_byte(at);
        tm_sha256_update(&hash, &byte, 1);
    }
    tm_sha256_final(&hash, app.next.manifest.image_digest);
    app.next.manifest.image_size = image_size;
    memset(app.next.release_key, 0, sizeof app.next.release_key);
    fixture_bundle_front(&app.next, image_size, &front);
}

static void *install(void *unused) {
    const uint32_t len = (uint32_t)front.len + image_size;
    uint32_t off = 0;
    while (off < len) {
        const uint32_t take = len - off < CHUNK ? len - off : CHUNK;
        for (uint32_t i = 0; i < take; i++) {
            const uint32_t at = off + i;
            chunk[i] = at < front.len ? front.bytes[at] : image_byte(at - (uint32_t)front.len);
        }
        const tm_install_chunk part = {off, tm_bytes_of(chunk, take), len, off == 0 ? app.sha : NULL};
        const tm_error error = tm_install_take(&part, &off);
        if (error != TM_OK) {
            fprintf(stderr, "stream: %s\n", tm_error_name(error));
            exit(1);
        }
    }
    return unused;
}

int main(int argc, char **argv) {
    pthread_attr_t attributes;
    pthread_t thread;
    image_size = argc == 2 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    if (image_size == 0 || image_size > STREAM_SLOT_BYTES) return 2;
    fixture_app_fresh(4096);
    sign_image();
    memset(stack, PAINT, sizeof stack);
    if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstack(&attributes, stack, sizeof stack) != 0 ||
        pthread_create(&thread, &attributes, install, NULL) != 0 || pthread_join(thread, NULL) != 0) {
        return 1;
    }
    if (tm_install_passed() == NULL) return 1;
    size_t untouched = 0;
    while (untouched < sizeof stack && stack[untouched] == PAINT) untouched++;
    printf("%zu\n", sizeof stack - untouched);
    return 0;
}
