// SPDX-License-Identifier: Apache-2.0
#include "smp_frame.h"

#include "tap.h"

static uint8_t line_bytes[8192];
static size_t line_len, longest_line;

static void collect(const void *bytes, size_t len) {
    memcpy(line_bytes + line_len, bytes, len);
    line_len += len;
    if (len > longest_line) longest_line = len;
}

static tm_bytes frame(tm_bytes packet) {
    line_len = 0;
    tm_smp_frame_write(packet, collect);
    return tm_bytes_of(line_bytes, line_len);
}

// Packets that come out of these bytes; the last one is in *packet.
static uint32_t receive(tm_smp_receiver *receiver, tm_bytes bytes, tm_bytes *packet) {
    uint32_t count = 0;
    for (size_t i = 0; i < bytes.len; i++) count += tm_smp_receive(receiver, bytes.ptr[i], packet);
    return count;
}

static tm_smp_receiver receiver;
static uint8_t content[TM_SMP_PACKET_BYTES];
static tm_bytes got;

static void test_lengths(void) {
    bool same = true;
    for (size_t len = 0; len <= sizeof content; len++) {
        const tm_bytes packet = tm_bytes_of(content, len);
        same = same && receive(&receiver, frame(packet), &got) == 1 && tm_bytes_equal(got, packet);
    }
    ok(same, "packets of 0 to %zu bytes come back as they were sent", sizeof content);
    ok(longest_line == TM_SMP_LINE_BYTES, "no line is longer than %u bytes", TM_SMP_LINE_BYTES);
    ok(!tm_smp_receiver_partial(&receiver), "nothing is left half received");
}

static void test_carriage_return(void) {
    uint8_t bytes[256];
    size_t len = 0;
    const tm_bytes packet = tm_bytes_of(content, 100);
    const tm_bytes lines = frame(packet);
    for (size_t i = 0; i < lines.len; i++) {
        if (lines.ptr[i] == '\n') bytes[len++] = '\r';
        bytes[len++] = lines.ptr[i];
    }
    ok(receive(&receiver, tm_bytes_of(bytes, len), &got) == 1 && tm_bytes_equal(got, packet), "CR LF ends a line too");
}

// Any one byte changed: the packet comes unchanged, or not at all.
static void test_damage(void) {
    const tm_bytes packet = tm_bytes_of(content, 150);
    const tm_bytes lines = frame(packet);
    bool never_wrong = true;
    for (size_t i = 0; i < lines.len; i++) {
        for (uint32_t value = 0; value < 256; value++) {
            const uint8_t was = line_bytes[i];
            line_bytes[i] = (uint8_t)value;
            tm_smp_receiver_init(&receiver);
            if (receive(&receiver, lines, &got) > 0) never_wrong = never_wrong && tm_bytes_equal(got, packet);
            line_bytes[i] = was;
        }
    }
    ok(never_wrong, "A7 no changed byte makes another packet");
}

static void test_noise(void) {
    static const uint8_t noise[] = "ESP-ROM:esp32c3\r\n\x04\x14" "AAAA\n\x06\x06\x09" "AAA=\n\xff\x00\x06\x09!\x06";
    const tm_bytes packet = tm_bytes_of(content, 20);
    bool always = true;
    for (size_t cut = 0; cut < sizeof noise; cut++) {
        tm_smp_receiver_init(&receiver);
        (void)receive(&receiver, tm_bytes_of(noise, cut), &got);
        always = always && receive(&receiver, frame(packet), &got) == 1 && tm_bytes_equal(got, packet);
    }
    ok(always, "A7 after any noise the next packet is received");
}

static void test_truncation(void) {
    const tm_bytes packet = tm_bytes_of(content, 300);
    const tm_bytes lines = frame(packet);
    bool always = true, partial = true;
    for (size_t cut = 1; cut < lines.len; cut++) {
        tm_smp_receiver_init(&receiver);
        always = always && receive(&receiver, tm_bytes_of(lines.ptr, cut), &got) == 0;
        partial = partial && tm_smp_receiver_partial(&receiver);
        always = always && receive(&receiver, lines, &got) == 1 && tm_bytes_equal(got, packet);
    }
    ok(always, "A6 cut at any byte, the next try comes through");
    ok(partial, "A7 until then it counts as partial, for the timeout");
}

static void test_lost_line(void) {
    const tm_bytes packet = tm_bytes_of(content, 300);
    const tm_bytes lines = frame(packet);
    const uint8_t *second = memchr(lines.ptr, '\n', lines.len);
    const uint8_t *third = memchr(second + 1, '\n', lines.len - 1 - (size_t)(second - lines.ptr));
    tm_smp_receiver_init(&receiver);
    uint32_t count = receive(&receiver, tm_bytes_of(lines.ptr, (size_t)(second + 1 - lines.ptr)), &got);
    count += receive(&receiver, tm_bytes_of(third + 1, (size_t)(lines.ptr + lines.len - third - 1)), &got);
    ok(count == 0, "A9 a packet without its second line is not delivered");
}

// Lines of base64 text, as they stand.
static void test_refused(const char *lines, const char *title) {
    tm_smp_receiver_init(&receiver);
    ok(receive(&receiver, text(lines), &got) == 0, "%s", title);
}

static void test_long_line(void) {
    static char line[4096];
    memset(line, 'A', sizeof line - 1);
    line[0] = 0x06;
    line[1] = 0x09;
    tm_smp_receiver_init(&receiver);
    (void)receive(&receiver, tm_bytes_of(line, 512), &got);
    ok(!tm_smp_receiver_partial(&receiver), "A10 a line of more than 512 characters is given up");
    (void)receive(&receiver, tm_bytes_of(line, sizeof line), &got);
    ok(!tm_smp_receiver_partial(&receiver), "A7 and what comes behind it is noise");
}

// As Apache's mcumgr with mtu=512 writes it.
static void test_one_line(void) {
    const tm_bytes packet = tm_bytes_of(content, 370);
    const tm_bytes framed = frame(packet);
    size_t len = 0;
    for (size_t i = 0; i < framed.len; i++) {
        const bool continues = i + 2 < framed.len && memcmp(framed.ptr + i, "\n\x04\x14", 3) == 0;
        if (continues) i += 2;
        else line_bytes[len++] = framed.ptr[i];
    }
    tm_smp_receiver_init(&receiver);
    ok(receive(&receiver, tm_bytes_of(line_bytes, len), &got) == 1 && tm_bytes_equal(got, packet), "a packet in one line of %zu characters", len);
}

int main(void) {
    for (size_t i = 0; i < sizeof content; i++) content[i] = (uint8_t)(i * 7 + (i >> 8));
    tm_smp_receiver_init(&receiver);
    test_lengths();
    test_carriage_return();
    test_damage();
    test_noise();
    test_truncation();
    test_lost_line();
    test_long_line();
    test_one_line();
    test_refused("\x06\x09//8AAAAA\n", "A10 a length beyond the largest packet");
    test_refused("\x06\x09" "AAEA\n", "A10 a length that leaves no room for the checksum");
    test_refused("\x06\x09" "AAIAAAAA\n", "A10 more bytes than the length says");
    test_refused("\x06\x09" "AAJ=\n", "base64 with bits left over");
    test_refused("\x06\x09" "AAI\n", "base64 cut off inside a group");
    test_refused("\x04\x14" "AAIAAA==\n", "a further line without a first one");
    test_refused("\x06\x09\n", "an empty line");
    return done();
}
