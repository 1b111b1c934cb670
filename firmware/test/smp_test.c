// SPDX-License-Identifier: Apache-2.0
// Header, dispatch, errors of both versions, and group 0.
#include "smp.h"

#include "model.h"
#include "nor.h"
#include "os_group.h"
#include "tap.h"

static const tm_smp_group *const groups[] = {&tm_os_group};
static const tm_smp_service service = {groups, 1};
static uint8_t response[TM_SMP_PACKET_BYTES];
static tm_bytes answer;
static void (*after)(void);

static void handle(const char *packet) {
    tm_smp_handle(&service, hex(packet), response, &answer, &after);
}

static void answers(const char *packet, const char *expected, const char *title) {
    handle(packet);
    ok(tm_bytes_equal(answer, hex(expected)), "%s", title);
}

static void silent(const char *packet, const char *title) {
    handle(packet);
    ok(answer.len == 0 && after == NULL, "%s", title);
}

// Header: op|version, flags, length, group, sequence, command.
static void test_echo(void) {
    answers("0200 0006 0000 2a00 a1 6164 626869", "0300 0006 0000 2a00 a1 6172 626869", "echo, v1");
    answers("0a00 0006 0000 2a00 a1 6164 626869", "0b00 0006 0000 2a00 a1 6172 626869", "echo, v2");
    answers("0a00 0007 0000 2a00 bf 6164 626869 ff", "0b00 0006 0000 2a00 a1 6172 626869", "an indefinite map is taken");
    answers("0a00 0009 0000 2a00 a2 6178 01 6164 626869", "0b00 0006 0000 2a00 a1 6172 626869", "an unknown key is ignored");
}

static void test_errors(void) {
    answers("0a00 0001 0000 0100 a0", "0b00 0012 0000 0100 a1 63657272 a2 627263 13 6567726f7570 1840", "v2: MESSAGE_FIELD");
    answers("0200 0001 0000 0100 a0", "0300 0007 0000 0100 a1 627263 190113", "v1: the same as 256 + 19");
    answers("0a00 0001 0000 0163 a0", "0b00 0005 0000 0163 a1 627263 08", "an unknown command is rc 8");
    answers("0a00 0001 0063 0100 a0", "0b00 0005 0063 0100 a1 627263 08", "and so is an unknown group");
    answers("0a00 0001 0000 0106 a0", "0b00 0005 0000 0106 a1 627263 08", "and a write of what can only be read");
    answers("0a00 0002 0000 0100 a161", "0b00 0012 0000 0100 a1 63657272 a2 627263 10 6567726f7570 1840", "CBOR cut off");
    answers("0a00 0001 0000 0100 80", "0b00 0012 0000 0100 a1 63657272 a2 627263 13 6567726f7570 1840", "an array for a map");
}

static void test_headers(void) {
    silent("", "nothing");
    silent("0a00 0001 0000 01", "A10 a header cut off");
    silent("0a00 0002 0000 0100 a0", "A10 a length beyond the packet");
    silent("0a00 0000 0000 0100 a0", "A10 a length short of the packet");
    silent("0b00 0001 0000 0100 a0", "A8 a response is not answered");
    silent("1200 0001 0000 0100 a0", "an unknown version");
    answers("0800 0000 0000 0106", "0900 0018 0000 0106 a2 686275665f73697a65 190800 696275665f636f756e74 05", "no payload stands for an empty map");
}

// The longest echo that fits, and one byte more.
static void test_size(void) {
    static uint8_t packet[TM_SMP_PACKET_BYTES];
    const size_t payload = sizeof packet - TM_SMP_HEADER_BYTES;
    tm_cbor_writer out;
    memset(packet, 'x', sizeof packet);
    tm_cbor_writer_init(&out, packet + TM_SMP_HEADER_BYTES, payload);
    tm_cbor_put_map(&out, 1);
    tm_cbor_put_tstr(&out, "d");
    static char text_bytes[TM_SMP_PACKET_BYTES];
    memset(text_bytes, 'x', sizeof text_bytes);
    tm_cbor_put_tstr_len(&out, text_bytes, payload - 6);
    packet[0] = 0x0a;
    packet[1] = 0;
    tm_store16_be(packet + 2, (uint16_t)payload);
    memset(packet + 4, 0, 4);
    tm_smp_handle(&service, tm_bytes_of(packet, sizeof packet), response, &answer, &after);
    ok(answer.len == sizeof packet, "a packet of %zu bytes is answered in full", sizeof packet);
}

static void test_reset(void) {
    nor_start(4096, 4);
    model_start(1);
    handle("0a00 0001 0000 0105 a0");
    ok(after != NULL && answer.len == 9, "reset answers first");
    model.moving = true;
    answers("0a00 0001 0000 0105 a0", "0b00 0013 0000 0105 a1 63657272 a2 627263 1896 6567726f7570 1840",
            "and is refused while it could harm");
    ok(after == NULL, "without anything to follow");
}

static void test_info(void) {
    answers("0800 0001 0000 0107 a0", "0900 0012 0000 0107 a1 666f7574707574 69546f7563686d61726b", "info");
    handle("0800 000c 0000 0107 a1 66666f726d6174 6361617a");
    ok(answer.ptr[9] == 0x63, "a format letter that is none");
}

int main(void) {
    model_start(1);
    test_echo();
    test_errors();
    test_headers();
    test_size();
    test_reset();
    test_info();
    return done();
}
