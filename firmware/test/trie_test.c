// SPDX-License-Identifier: Apache-2.0
#include "trie.h"

#include "keccak.h"
#include "vectors.h"

#define NODES_MAX 32
#define ABSENT TM_ERROR_LICENSE_ABSENT

typedef struct {
    tm_trie_nodes nodes;  // first: the callback gets this
    tm_bytes node[NODES_MAX];
    uint32_t given;
} proof;

static tm_error give(tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len) {
    proof *p = (proof *)nodes;
    const tm_bytes node = p->node[p->given++];
    if (node.len > size) return TM_ERROR_PROOF_NODE_MALFORMED;
    if (node.len > 0) memcpy(buf, node.ptr, node.len);
    *len = node.len;
    return TM_OK;
}

static tm_bytes value;

static tm_error prove(proof *p, const uint8_t root[32], const uint8_t key[32]) {
    static tm_trie_buffer buffer;
    p->nodes.next = give;
    p->given = 0;
    return tm_trie_prove(root, key, &p->nodes, &buffer, ABSENT, &value);
}

static void add(proof *p, tm_bytes node) {
    p->node[p->nodes.count++] = node;
}

// -- nodes by hand ----------------------------------------------------------------------------------

static tm_bytes concat(tm_bytes a, tm_bytes b) {
    uint8_t *out = malloc(a.len + b.len + 1);
    if (a.len > 0) memcpy(out, a.ptr, a.len);
    if (b.len > 0) memcpy(out + a.len, b.ptr, b.len);
    return tm_bytes_of(out, a.len + b.len);
}

static tm_bytes prefixed(uint8_t base, tm_bytes payload) {
    uint8_t prefix[3] = {(uint8_t)(base + payload.len)};
    size_t len = 1;
    if (payload.len > 55) prefix[0] = (uint8_t)(base + 56), prefix[1] = (uint8_t)payload.len, len = 2;
    if (payload.len > 255) prefix[0] = (uint8_t)(base + 57), tm_store16_be(prefix + 1, (uint16_t)payload.len), len = 3;
    return concat(tm_bytes_of(prefix, len), payload);
}

static tm_bytes string(tm_bytes bytes) {
    return bytes.len == 1 && bytes.ptr[0] < 0x80 ? bytes : prefixed(0x80, bytes);
}

static tm_bytes hash_of(tm_bytes node) {
    uint8_t *hash = malloc(32);
    tm_keccak256(node.ptr, node.len, hash);
    return tm_bytes_of(hash, 32);
}

// The place of a child in its parent: its hash, or itself where it is shorter than one.
static tm_bytes reference(tm_bytes node) {
    return node.len < 32 ? node : string(hash_of(node));
}

// path: its compact form, as hexadecimal text. second: RLP.
static tm_bytes pair(const char *path, tm_bytes second) {
    return prefixed(0xc0, concat(string(hex(path)), second));
}

// A branch with two children and nothing else; which[0] < which[1].
static tm_bytes branch(const int which[2], const tm_bytes child[2], tm_bytes branch_value) {
    tm_bytes items = tm_bytes_of(NULL, 0);
    for (int i = 0, at = 0; i < 16; i++) {
        const bool here = at < 2 && which[at] == i;
        items = concat(items, here ? child[at] : hex("80"));
        at += here;
    }
    return prefixed(0xc0, concat(items, branch_value));
}

// Keys of these trees begin with nibbles 1, 2, 3, 4 and are zero from there on.
static const uint8_t KEY[32] = {0x12, 0x34};
#define ZEROS_60 "000000000000000000000000000000000000000000000000000000000000"
#define ZEROS_62 "00" ZEROS_60
#define VALUE "8568656c6c6f"  // RLP of "hello"

static void refuse(tm_error expected, tm_bytes root_node, const tm_bytes *next, const char *title) {
    proof p = {0};
    add(&p, root_node);
    if (next != NULL) add(&p, *next);
    ok_error(prove(&p, hash_of(root_node).ptr, KEY), expected, title);
}

// A callback that lies about how much it copied.
static tm_error give_too_much(tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len) {
    (void)nodes, (void)buf;
    *len = size + 1;
    return TM_OK;
}

static const tm_error MALFORMED = TM_ERROR_PROOF_NODE_MALFORMED;

static void leaves(void) {
    refuse(TM_OK, pair("201234" ZEROS_60, hex(VALUE)), NULL, "a leaf at the root");
    refuse(ABSENT, pair("201235" ZEROS_60, hex(VALUE)), NULL,
           "D16 a leaf of another key proves absence, never presence");
    refuse(TM_ERROR_PROOF_PATH,
           pair("201234"
                "0000000000000000000000000000000000000000000000000000000000",
                hex(VALUE)),
           NULL, "D16 a leaf whose path is too short is refused");
    refuse(TM_ERROR_PROOF_PATH, pair("31234" ZEROS_60 "0", hex(VALUE)), NULL,
           "D16 an odd leaf of 65 nibbles is refused");
    refuse(MALFORMED, pair("201234" ZEROS_62, hex(VALUE)), NULL, "D16 an over-long path is refused");
    refuse(MALFORMED, pair("211234" ZEROS_60, hex(VALUE)), NULL,
           "D16 an even path with a nibble in its flags is refused");
    refuse(MALFORMED, pair("601234" ZEROS_60, hex(VALUE)), NULL, "D16 flags above 3 are refused");
    refuse(MALFORMED, pair("", hex(VALUE)), NULL, "D16 a path without flags is refused");
    refuse(MALFORMED, pair("201234" ZEROS_60, hex("80")), NULL, "D16 a leaf without value is refused");
    refuse(MALFORMED, pair("201234" ZEROS_60, hex("c0")), NULL, "D16 a list for a leaf's value is refused");
    refuse(MALFORMED, prefixed(0xc0, concat(hex("c0"), hex(VALUE))), NULL, "D16 a list for a path is refused");
    refuse(MALFORMED, prefixed(0xc0, concat(string(hex("201234" ZEROS_60)), hex(VALUE "80"))), NULL,
           "D16 three items are refused");
    refuse(MALFORMED, hex("c0"), NULL, "D16 an empty list is refused");
    refuse(TM_ERROR_RLP_MALFORMED, hex("80"), NULL, "D16 a string for a node is refused");
    refuse(TM_ERROR_RLP_MALFORMED, concat(pair("201234" ZEROS_60, hex(VALUE)), hex("00")), NULL,
           "D16 bytes behind a node are refused");
    refuse(TM_ERROR_RLP_MALFORMED, pair("201234" ZEROS_60, hex("8101")), NULL, "D16 non-minimal RLP is refused");
    refuse(TM_ERROR_RLP_MALFORMED, hex("f800"), NULL, "D16 a long length of zero is refused");
}

static void extensions(void) {
    // 1 | branch at 2 | leaf 3 4 0...: the leaf holds 62 nibbles
    const tm_bytes leaf62 = pair("2034" ZEROS_60, hex(VALUE));
    const tm_bytes pair62[2] = {reference(leaf62), reference(leaf62)};
    const tm_bytes middle = branch((const int[2]){2, 9}, pair62, hex("80"));
    const tm_bytes top = pair("11", reference(middle));
    proof p = {0};
    add(&p, top), add(&p, middle), add(&p, leaf62);
    ok(prove(&p, hash_of(top).ptr, KEY) == TM_OK && tm_bytes_equal(value, text("hello")),
       "an extension, a branch, a leaf");
    p.nodes.count = 2;
    ok_error(prove(&p, hash_of(top).ptr, KEY), TM_ERROR_PROOF_INCOMPLETE, "D16 a proof without its leaf is refused");
    p.nodes.count = 3, add(&p, leaf62);
    ok_error(prove(&p, hash_of(top).ptr, KEY), TM_ERROR_PROOF_UNUSED_NODE, "D16 a node too many is refused");
    p.nodes.count = 3, p.node[2] = middle;
    ok_error(prove(&p, hash_of(top).ptr, KEY), TM_ERROR_PROOF_NODE_HASH, "D16 another node in its place is refused");
    ok_error(prove(&p, hash_of(middle).ptr, KEY), TM_ERROR_PROOF_NODE_HASH, "D17 another root is refused");

    uint8_t elsewhere[32] = {0x22};
    p.nodes.count = 1;
    ok_error(prove(&p, hash_of(top).ptr, elsewhere), ABSENT, "an extension that leads elsewhere proves absence");
    p.nodes.count = 2;
    ok_error(prove(&p, hash_of(top).ptr, elsewhere), TM_ERROR_PROOF_UNUSED_NODE,
             "D16 a node behind a proof of absence is refused");
    elsewhere[0] = 0x13;
    ok_error(prove(&p, hash_of(top).ptr, elsewhere), ABSENT, "an empty place in a branch proves absence");
    p.nodes.count = 0;
    ok_error(prove(&p, hash_of(top).ptr, KEY), TM_ERROR_PROOF_INCOMPLETE, "no nodes prove nothing");
    ok_error(prove(&p, hash_of(hex("80")).ptr, KEY), ABSENT, "no nodes prove absence in the empty trie");

    const tm_bytes leaf63 = pair("3234" ZEROS_60, hex(VALUE));
    refuse(MALFORMED, pair("11", reference(leaf63)), &leaf63, "D16 a leaf under an extension is refused");
    const tm_bytes inner = pair("12", reference(middle));
    refuse(MALFORMED, pair("11", reference(inner)), &inner, "D16 an extension under an extension is refused");
    refuse(MALFORMED, pair("00", reference(middle)), NULL, "D16 an extension with an empty path is refused");
    refuse(MALFORMED, pair("11", hex("80")), NULL, "D16 an extension without child is refused");
    refuse(MALFORMED, pair("11", hex(VALUE)), NULL, "D16 an extension with a value is refused");
    refuse(TM_ERROR_PROOF_PATH, pair("001234" ZEROS_60, reference(middle)), NULL,
           "D16 an extension that consumes the whole key is refused");
    refuse(TM_ERROR_PROOF_NODE_HASH, pair("11", string(hash_of(leaf62))), &middle, "D16 a swapped child is refused");
    p = (proof){0};
    for (int i = 0; i < 24; i++) add(&p, middle);
    ok_error(prove(&p, hash_of(top).ptr, KEY), TM_ERROR_PROOF_NODE_HASH, "24 nodes are looked at");
    tm_trie_nodes liar = {.next = give_too_much, .count = 1};
    tm_trie_buffer *buffer = malloc(sizeof *buffer);
    ok_error(tm_trie_prove(KEY, KEY, &liar, buffer, ABSENT, &value), MALFORMED,
             "A10 a node longer than the buffer is refused");
    p = (proof){0};
    for (int i = 0; i < 25; i++) add(&p, middle);
    ok_error(prove(&p, hash_of(middle).ptr, KEY), TM_ERROR_PROOF_TOO_DEEP, "D21 25 nodes are refused");
}

static void branches(void) {
    const tm_bytes leaf = pair("3234" ZEROS_60, hex(VALUE));
    const tm_bytes children[2] = {reference(leaf), reference(leaf)};
    refuse(TM_OK, branch((const int[2]){1, 3}, children, hex("80")), &leaf, "a branch and a leaf");
    refuse(ABSENT, branch((const int[2]){2, 3}, children, hex("80")), NULL, "an empty place proves absence");
    refuse(MALFORMED, branch((const int[2]){1, 3}, children, hex(VALUE)), NULL, "D16 a branch with a value is refused");
    const tm_bytes short_child[2] = {reference(leaf), hex("83010203")};
    refuse(MALFORMED, branch((const int[2]){1, 3}, short_child, hex("80")), NULL,
           "D16 a child that is neither hash nor node is refused, also off the path");
    const tm_bytes long_child[2] = {leaf, reference(leaf)};
    refuse(MALFORMED, branch((const int[2]){1, 3}, long_child, hex("80")), NULL,
           "D16 an embedded node of 32 bytes or more is refused");
    const tm_bytes sixteen = prefixed(0xc0, hex("80808080808080808080808080808080"));
    refuse(MALFORMED, sixteen, NULL, "D16 sixteen items are refused");
    refuse(MALFORMED, prefixed(0xc0, hex("808080808080808080808080808080808080")), NULL,
           "D16 eighteen items are refused");
}

// Nodes short enough to stand inside their parents: keys that differ in their last nibbles only.
static void embedded(void) {
    uint8_t key[32] = {0};
    key[31] = 0x34;
    const tm_bytes leaf = pair("34", hex("01"));  // one nibble: 4
    const tm_bytes two[2] = {leaf, pair("36", hex("02"))};
    const tm_bytes bottom = branch((const int[2]){3, 5}, two, hex("80"));  // nibble 62
    const tm_bytes top = pair("00" ZEROS_62, reference(bottom));
    proof p = {0};
    add(&p, top);
    ok(bottom.len < 32 && prove(&p, hash_of(top).ptr, key) == TM_OK && tm_bytes_equal(value, hex("01")),
       "D16 a branch and a leaf inside an extension");
    key[31] = 0x35;
    ok_error(prove(&p, hash_of(top).ptr, key), ABSENT, "D16 an embedded leaf of another key proves absence");
    key[31] = 0x44;
    ok_error(prove(&p, hash_of(top).ptr, key), ABSENT, "an empty place in an embedded branch proves absence");
    key[31] = 0x34;
    add(&p, bottom);
    ok_error(prove(&p, hash_of(top).ptr, key), TM_ERROR_PROOF_UNUSED_NODE,
             "D16 an embedded node given once more is refused");

    const tm_bytes hashed = pair("00" ZEROS_62, string(hash_of(bottom)));
    p = (proof){0};
    add(&p, hashed), add(&p, bottom);
    ok_error(prove(&p, hash_of(hashed).ptr, key), MALFORMED, "D16 a short node behind a hash is refused");

    // A leaf of one nibble and exactly 32 bytes stands behind its hash; as an embedded node it is too long. One of
    // exactly 544 fills the buffer.
    static const uint8_t zeros[544];
    const int at[2] = {3, 5};
    const tm_bytes leaf32 = pair("34", string(tm_bytes_of(zeros, 29)));
    const tm_bytes leaf544 = pair("34", string(tm_bytes_of(zeros, 537)));
    const tm_bytes leaf545 = pair("34", string(tm_bytes_of(zeros, 538)));
    const tm_bytes hashed_child = branch(at, (const tm_bytes[2]){string(hash_of(leaf32)), leaf}, hex("80"));
    const tm_bytes above32 = pair("00" ZEROS_62, reference(hashed_child));
    p = (proof){0};
    add(&p, above32), add(&p, hashed_child), add(&p, leaf32);
    ok(leaf32.len == 32 && prove(&p, hash_of(above32).ptr, key) == TM_OK, "a node of 32 bytes stands behind its hash");
    const tm_bytes embedded_child = branch(at, (const tm_bytes[2]){leaf32, leaf}, hex("80"));
    p = (proof){0};
    add(&p, pair("00" ZEROS_62, reference(embedded_child))), add(&p, embedded_child);
    ok_error(prove(&p, hash_of(p.node[0]).ptr, key), MALFORMED, "D16 a node of 32 bytes inside its parent is refused");
    for (int i = 0; i < 2; i++) {
        const tm_bytes big = i == 0 ? leaf544 : leaf545;
        const tm_bytes over = branch(at, (const tm_bytes[2]){string(hash_of(big)), leaf}, hex("80"));
        p = (proof){0};
        add(&p, pair("00" ZEROS_62, reference(over))), add(&p, over), add(&p, big);
        const tm_error verdict = prove(&p, hash_of(p.node[0]).ptr, key);
        if (i == 0) ok(big.len == 544 && verdict == TM_OK, "a node of 544 bytes is read");
        else ok(big.len == 545 && verdict == MALFORMED, "D22 a node of 545 bytes is refused");
    }

    // Three branches at the key's last two nibbles.
    const tm_bytes third = branch((const int[2]){0, 1}, (const tm_bytes[2]){hex("c22001"), hex("c22001")}, hex("80"));
    const tm_bytes second =
        branch((const int[2]){4, 5}, (const tm_bytes[2]){reference(third), hex("c22001")}, hex("80"));
    const tm_bytes first =
        branch((const int[2]){3, 5}, (const tm_bytes[2]){reference(second), hex("c22001")}, hex("80"));
    const tm_bytes too_deep = pair("00" ZEROS_62, reference(first));
    p = (proof){0};
    add(&p, too_deep), add(&p, first), add(&p, second), add(&p, third);
    for (uint32_t i = p.nodes.count; i-- > 1;) {
        if (p.node[i].len < 32) memmove(&p.node[i], &p.node[i + 1], (--p.nodes.count - i) * sizeof p.node[0]);
    }
    ok_error(prove(&p, hash_of(too_deep).ptr, key), TM_ERROR_PROOF_PATH, "D16 a branch below the key's end is refused");
}

// -- ethereum/tests ---------------------------------------------------------------------------------

static void parse_nodes(proof *p, char *list) {
    memset(p, 0, sizeof *p);
    for (char *node = list; node != NULL && strcmp(node, "-") != 0;) {
        char *comma = strchr(node, ',');
        if (comma != NULL) *comma = '\0';
        add(p, hex(node));
        node = comma == NULL ? NULL : comma + 1;
    }
}

// Every single flipped bit of every node and of the root: never the same verdict.
static int accepted_flips(proof *p, const uint8_t *root, const uint8_t *key) {
    int accepted = 0;
    uint8_t copy[TM_LIMIT_TRIE_NODE_BYTES];
    for (uint32_t i = 0; i < p->nodes.count; i++) {
        const tm_bytes node = p->node[i];
        p->node[i] = tm_bytes_of(copy, node.len);
        for (size_t bit = 0; bit < 8 * node.len; bit++) {
            memcpy(copy, node.ptr, node.len);
            copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
            const tm_error verdict = prove(p, root, key);
            accepted += verdict == TM_OK || verdict == ABSENT;
        }
        p->node[i] = node;
    }
    for (int bit = 0; bit < 256; bit++) {
        memcpy(copy, root, 32);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += prove(p, copy, key) != (p->nodes.count > 0 ? TM_ERROR_PROOF_NODE_HASH : TM_ERROR_PROOF_INCOMPLETE);
    }
    return accepted;
}

static void ethereum(int argc, char **argv) {
    const char *title = "D16 ethereum/tests: proofs of presence and absence in the secure tries";
    vectors v;
    int cases = 0, wrong = 0, accepted = 0, missing = 0;
    if (!vectors_open(&v, argc, argv, "trie")) {
        skip(title, "no vectors");
        skip("D8 every flipped bit of those proofs is refused", "no vectors");
        return;
    }
    while (vectors_next(&v)) {
        const tm_bytes root = hex(v.fields[2]), key = hex(v.fields[3]), expected = hex(v.fields[4]);
        const bool present = strcmp(v.fields[0], "present") == 0;
        proof p;
        parse_nodes(&p, v.fields[5]);
        const tm_error verdict = prove(&p, root.ptr, key.ptr);
        const bool right = verdict == (present ? TM_OK : ABSENT) && (!present || tm_bytes_equal(value, expected));
        if (!right) printf("# %s %s\n", v.fields[1], tm_error_name(verdict)), wrong++;
        if (++cases % 8 == 0) accepted += accepted_flips(&p, root.ptr, key.ptr);
        if (p.nodes.count > 1) {
            p.nodes.count--;
            missing += prove(&p, root.ptr, key.ptr) != TM_ERROR_PROOF_INCOMPLETE;
        }
    }
    ok(cases > 200 && wrong == 0, "%s, %d cases", title, cases);
    ok(accepted == 0, "D8 every flipped bit of every eighth of those proofs is refused");
    ok(missing == 0, "D7 those proofs without their last node are incomplete");
}

int main(int argc, char **argv) {
    leaves();
    extensions();
    branches();
    embedded();
    ethereum(argc, argv);
    return done();
}
