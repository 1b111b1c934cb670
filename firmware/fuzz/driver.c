// SPDX-License-Identifier: Apache-2.0
// A small coverage-guided fuzzer behind libFuzzer's entry point, for the compiler that is here anyway.
//   fuzz_x SECONDS [SEED [FOLDER]]   mutates inputs, starting from the files of FOLDER
//   fuzz_x FILE                      runs one input, as saved by a failure
// The tested code is built with -fsanitize-coverage=trace-pc, this file is not.
#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void __sanitizer_cov_trace_pc(void);
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

// A finding ends in SIGABRT, whose handler saves the input.
const char *__asan_default_options(void) { return "abort_on_error=1:detect_leaks=0"; }
const char *__ubsan_default_options(void) { return "abort_on_error=1:print_stacktrace=1"; }

enum {
    INPUT_MAX = 4096,      // bytes
    CORPUS_MAX = 4096,     // inputs kept
    EDGES = 1 << 16,       // slots of the coverage map
    HANG_SECONDS = 10,     // one input may not take longer
    MUTATIONS_MAX = 6,     // per input
};

typedef struct {
    size_t size;
    uint8_t *data;
} input;

static input corpus[CORPUS_MAX];
static size_t corpus_size;
static uint8_t current[INPUT_MAX];
static size_t current_size;
static const char *program;

static uint8_t seen[EDGES], now[EDGES];
static uint32_t touched[EDGES];
static size_t touched_count, edge_count;
static uintptr_t previous;

void __sanitizer_cov_trace_pc(void) {
    const uintptr_t here = (uintptr_t)__builtin_return_address(0);
    const uint32_t edge = (uint32_t)((here ^ (here >> 16) ^ previous) % EDGES);
    previous = here >> 1;
    if (now[edge] == 0) touched[touched_count++] = edge;
    if (now[edge] < 255) now[edge]++;
}

// Counts are told apart by their power of two, so that loops count but do not flood.
static uint8_t bucket(uint8_t count) {
    return (uint8_t)(1u << (31 - __builtin_clz(count)));
}

static bool run(void) {
    bool news = false;
    previous = 0;
    alarm(HANG_SECONDS);
    LLVMFuzzerTestOneInput(current, current_size);
    alarm(0);
    for (size_t i = 0; i < touched_count; i++) {
        const uint32_t edge = touched[i];
        const uint8_t bits = bucket(now[edge]);
        if (seen[edge] == 0) edge_count++;
        if ((seen[edge] & bits) == 0) news = true;
        seen[edge] |= bits;
        now[edge] = 0;
    }
    touched_count = 0;
    return news;
}

static void save_failure(void) {
    char path[512];
    snprintf(path, sizeof path, "%s.failure", program);
    FILE *file = fopen(path, "wb");
    if (file == NULL) return;
    fwrite(current, 1, current_size, file);
    fclose(file);
    fprintf(stderr, "input of %zu bytes saved: %s %s\n", current_size, program, path);
}

static void on_signal(int number) {
    if (number == SIGALRM) fprintf(stderr, "one input took longer than %d s\n", HANG_SECONDS);
    save_failure();
    _exit(1);
}

static uint64_t state;
static uint32_t below(size_t limit) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 16) % limit);
}

static void keep(void) {
    if (corpus_size == CORPUS_MAX) return;
    uint8_t *copy = malloc(current_size + 1);
    if (copy == NULL) return;
    memcpy(copy, current, current_size);
    corpus[corpus_size++] = (input){current_size, copy};
}

static bool load(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    current_size = fread(current, 1, INPUT_MAX, file);
    fclose(file);
    return true;
}

static void load_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && load(name) && run()) keep();
    }
    closedir(folder);
}

static void mutate(void) {
    static const uint8_t edges[] = {0x00, 0x01, 0x17, 0x18, 0x1f, 0x7f, 0x80, 0xa0, 0xb8, 0xc0, 0xf8, 0xff};
    const size_t at = current_size == 0 ? 0 : below(current_size);
    const size_t room = INPUT_MAX - current_size;
    const input other = corpus[below(corpus_size)];
    size_t length = 1 + below(16);
    switch (current_size == 0 ? 4 : below(7)) {
    case 0: current[at] ^= (uint8_t)(1u << below(8)); break;
    case 1: current[at] = edges[below(sizeof edges)]; break;
    case 2: current[at] = (uint8_t)below(256); break;
    case 3:
        if (length > current_size - at) length = current_size - at;
        memmove(current + at, current + at + length, current_size - at - length);
        current_size -= length;
        break;
    case 4:
        if (length > room) length = room;
        memmove(current + at + length, current + at, current_size - at);
        for (size_t i = 0; i < length; i++) current[at + i] = (uint8_t)below(256);
        current_size += length;
        break;
    case 5:
        current_size = at;
        break;
    default:  // this input's head, another's tail
        if (other.size == 0) break;
        const size_t from = below(other.size);
        length = other.size - from < INPUT_MAX - at ? other.size - from : INPUT_MAX - at;
        memcpy(current + at, other.data + from, length);
        current_size = at + length;
    }
}

int main(int count, char **arguments) {
    program = arguments[0];
    signal(SIGALRM, on_signal);
    signal(SIGABRT, on_signal);

    char *end = NULL;
    const long seconds = count > 1 ? strtol(arguments[1], &end, 10) : 10;
    if (end != NULL && *end != '\0') {
        if (!load(arguments[1])) return 2;
        run();
        return 0;
    }

    state = count > 2 ? strtoull(arguments[2], NULL, 10) : (uint64_t)time(NULL);
    const unsigned long long seed = state = state == 0 ? 1 : state;
    keep();  // the empty input
    if (count > 3) load_folder(arguments[3]);

    uint64_t runs = 0;
    for (const time_t stop = time(NULL) + seconds; time(NULL) < stop; runs++) {
        const input parent = corpus[below(corpus_size)];
        memcpy(current, parent.data, parent.size);
        current_size = parent.size;
        for (uint32_t i = 1 + below(MUTATIONS_MAX); i > 0; i--) mutate();
        if (run()) keep();
    }
    printf("# %llu runs, %zu edges, %zu inputs kept, seed %llu\n", (unsigned long long)runs, edge_count, corpus_size, seed);
    return runs > 0 && edge_count > 1 ? 0 : 1;
}
