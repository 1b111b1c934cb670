// SPDX-License-Identifier: Apache-2.0
// powercut [--flow NAME] [--erase BYTES] [--cuts N] [--seed N] [--shard I/N] [--depth 1|2|3] [--within N] [--longest N]
//          [--replay FLOW:ERASE:OP:KIND:SEED[:SECOND]]
// Cuts the power at every operation of every flow, in every way, and looks at what the unit then does. With --cuts, at
// about as many per flow and erase size: the first operation of each site, the others evenly. With --depth, a second cut
// and a third fall into what follows the first, where the seed chooses; with --within, the second falls on each of the
// first N operations that follow. --longest leaves out flows of more operations. One line per flow and erase size, of
// "name value" pairs; a line per failure, which replays it; a line per site. Exits with 1 after any failure.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cut.h"
#include "media.h"
#include "sites.h"

#define SHOWN 20u  // failures per flow that are printed

static const char *const kinds[NOR_CUT_KINDS] = {"before", "torn", "early", "late", "front", "back", "after"};
static const char *const verdicts[FLOW_VERDICTS] = {"holds", "brick", "badBoot", "half", "unfinished"};

typedef struct {
    const char *flow;
    uint32_t erase;     // 0: both
    uint32_t cuts;      // per flow and erase size
    uint64_t seed;
    uint32_t shard, shards;
    uint32_t depth;
    uint32_t within;    // 0: the seed chooses
    uint32_t longest;   // operations
    cut replay;         // operation UINT32_MAX: none
    bool every_kind;    // of the replayed operation
} options;

static options opt = {
    .cuts = UINT32_MAX, .seed = 1, .shards = 1, .depth = 1, .longest = UINT32_MAX, .every_kind = true,
    .replay = {.operation = UINT32_MAX, .second = UINT32_MAX},
};
static const flow *now;
static uint32_t now_erase, failures;

static void failed(const cut *at, flow_verdict verdict) {
    if (failures++ >= SHOWN) return;
    printf("failure %s --replay %s:%u:%u:%s:%llu", verdicts[verdict], now->name, now_erase, at->operation,
           kinds[at->kind], (unsigned long long)at->seed);
    if (at->second != UINT32_MAX) printf(":%u", at->second);
    if (at->depth > 1) printf(" --depth %u", at->depth);
    printf("\n");
}

static bool is_tried(uint32_t operation) {
    static uint32_t tried;
    if (opt.replay.operation != UINT32_MAX) return operation == opt.replay.operation;
    const uint32_t stride = 1 + (media_count() * NOR_CUT_KINDS - 1) / opt.cuts;
    if (operation % stride != 0 && !media_is_first(operation)) return false;
    return tried++ % opt.shards == opt.shard;
}

static void try(uint32_t operation, cut_tally *count) {
    cut at = {.operation = operation, .seed = opt.seed + operation, .depth = opt.depth, .second = UINT32_MAX};
    if (!opt.every_kind) {
        at = opt.replay;
        at.depth = opt.depth;
        const flow_verdict verdict = cut_try(now, &at, count);
        if (verdict != FLOW_HOLDS) failed(&at, verdict);
    } else if (opt.within > 0) {
        cut_every_second(now, &at, opt.within, count, failed);
    } else {
        cut_every_kind(now, &at, count, failed);
    }
}

static void print_tally(const cut_tally *count) {
    printf("flow %s erase %u operations %u cuts %u", now->name, now_erase, media_count(), count->cuts);
    for (uint32_t i = 0; i < NOR_CUT_KINDS; i++) printf(" %s %u", kinds[i], count->kinds[i]);
    printf(" states %u inErase %u inBurn %u second %u third %u", count->states, count->erases, count->burns,
           count->second, count->third);
    for (uint32_t i = 1; i < FLOW_VERDICTS; i++) printf(" %s %u", verdicts[i], count->verdicts[i]);
    printf("\n");
    fflush(stdout);
}

static bool run(const flow *of, uint32_t erase) {
    cut_tally count = {0};
    now = of;
    now_erase = erase;
    failures = 0;
    of->prepare(erase);
    media_record();
    if (!of->run()) {
        printf("failure %s does not get to its end without a cut\n", of->name);
        return false;
    }
    media_rewind();
    if (media_count() > opt.longest) return true;
    for (uint32_t operation = 0; operation < media_count(); operation++) {
        if (is_tried(operation)) try(operation, &count);
        media_advance(operation);
    }
    print_tally(&count);
    return count.cuts == count.verdicts[FLOW_HOLDS];
}

extern const powercut_site __start_powercut_sites[], __stop_powercut_sites[];

static void print_sites(void) {
    for (const powercut_site *site = __start_powercut_sites; site < __stop_powercut_sites; site++) {
        printf("site %s:%d %s %s\n", site->file, site->line, site->call, *site->cut ? "cut" : "never");
    }
}

static void parse_replay(char *text) {
    char *part[6] = {strtok(text, ":")};
    for (uint32_t i = 1; i < 6; i++) part[i] = strtok(NULL, ":");
    opt.flow = part[0];
    if (part[1] != NULL) opt.erase = (uint32_t)strtoul(part[1], NULL, 10);
    if (part[2] != NULL) opt.replay.operation = (uint32_t)strtoul(part[2], NULL, 10);
    for (int kind = 0; part[3] != NULL && kind < NOR_CUT_KINDS; kind++) {
        if (strcmp(part[3], kinds[kind]) == 0) opt.replay.kind = (nor_cut_kind)kind, opt.every_kind = false;
    }
    if (part[4] != NULL) opt.replay.seed = strtoull(part[4], NULL, 10);
    if (part[5] != NULL) opt.replay.second = (uint32_t)strtoul(part[5], NULL, 10);
}

static bool parse(const char *name, char *value) {
    const unsigned long long number = strtoull(value, NULL, 10);
    if (strcmp(name, "--flow") == 0) opt.flow = value;
    else if (strcmp(name, "--erase") == 0) opt.erase = (uint32_t)number;
    else if (strcmp(name, "--cuts") == 0) opt.cuts = number == 0 ? 1 : (uint32_t)number;
    else if (strcmp(name, "--seed") == 0) opt.seed = number;
    else if (strcmp(name, "--depth") == 0) return (opt.depth = (uint32_t)number) >= 1 && opt.depth <= 3;
    else if (strcmp(name, "--within") == 0) opt.within = (uint32_t)number;
    else if (strcmp(name, "--longest") == 0) opt.longest = (uint32_t)number;
    else if (strcmp(name, "--shard") == 0) return sscanf(value, "%u/%u", &opt.shard, &opt.shards) == 2 && opt.shard < opt.shards;
    else if (strcmp(name, "--replay") == 0) parse_replay(value);
    else return false;
    return true;
}

int main(int argc, char **argv) {
    static const uint32_t erases[] = {4096, 262144};
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 < argc && parse(argv[i], argv[i + 1])) continue;
        fprintf(stderr, "powercut: %s is no option, or lacks its value\n", argv[i]);
        return 2;
    }
    if (opt.within > 0) opt.depth = 2;
    bool holds = true, known = false;
    for (uint32_t i = 0; i < flow_count; i++) {
        if (opt.flow != NULL && strcmp(opt.flow, flows[i].name) != 0) continue;
        known = true;
        for (uint32_t j = 0; j < 2; j++) {
            if (opt.erase == 0 || opt.erase == erases[j]) holds = run(&flows[i], erases[j]) && holds;
        }
    }
    if (!known) {
        fprintf(stderr, "powercut: there is no flow %s\n", opt.flow);
        return 2;
    }
    print_sites();
    return holds ? 0 : 1;
}
