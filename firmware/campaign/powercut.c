// SPDX-License-Identifier: Apache-2.0
// powercut [--flow NAME] [--erase BYTES] [--cuts N] [--seed N] [--shard I/N] [--pairs 1]
//          [--replay FLOW:ERASE:OP:KIND:SEED]
// Cuts the power at every operation of every flow, in every way, and looks at what the unit then does. With --cuts, at
// about as many per flow and erase size: the first operation of each site, the others evenly. With --pairs, a second cut
// falls into what follows the first, at an operation that the seed chooses. One line per flow and erase size, of "name value" pairs; a line per failure, which replays it; a line per site. Exits with 1 after any failure.
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"
#include "media.h"
#include "sites.h"

#define SHOWN 20u  // failures per flow that are printed

static const char *const kinds[NOR_CUT_KINDS] = {"before", "torn", "front", "back", "after"};
static const char *const verdicts[FLOW_VERDICTS] = {"holds", "brick", "badBoot", "half", "unfinished"};

typedef struct {
    const char *flow;
    uint32_t erase;     // 0: both
    uint32_t cuts;      // per flow and erase size
    uint64_t seed;
    uint32_t shard, shards;
    bool pairs;
    uint32_t operation;
    int kind;           // -1: all
} options;

typedef struct {
    uint32_t cuts, kinds[NOR_CUT_KINDS], verdicts[FLOW_VERDICTS], erases, burns, seconds;
} tally;

static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

static uint32_t draw(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

// Early operations are as likely as late ones. Where it falls behind the last one, the one cut was all.
static flow_verdict settle_with_cut(const flow *of, uint64_t seed, tally *count) {
    uint64_t state = seed;
    const uint32_t bits = draw(&state) % 15u;
    const nor_cut cut = {draw(&state) % (1u << bits), (nor_cut_kind)(draw(&state) % NOR_CUT_KINDS), draw(&state)};
    nor_arm(cut, lose_power);
    if (setjmp(power) == 0) {
        const flow_verdict verdict = of->settle();
        nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
        return verdict;
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    count->seconds++;
    return of->settle();
}

static flow_verdict try(const flow *of, uint32_t operation, nor_cut_kind kind, const options *opt, tally *count) {
    const uint64_t seed = opt->seed + operation;
    media_cut(operation, kind, seed);
    const flow_verdict verdict = opt->pairs ? settle_with_cut(of, seed * NOR_CUT_KINDS + kind, count) : of->settle();
    media_restore();
    count->cuts++;
    count->kinds[kind]++;
    count->verdicts[verdict]++;
    count->erases += media_is_erase(operation);
    count->burns += media_is_one_time(operation);
    return verdict;
}

static void try_kinds(const flow *of, uint32_t erase, uint32_t operation, const options *opt, tally *count) {
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        if (opt->kind >= 0 && opt->kind != (int)kind) continue;
        const flow_verdict verdict = try(of, operation, (nor_cut_kind)kind, opt, count);
        if (verdict == FLOW_HOLDS || count->cuts - count->verdicts[FLOW_HOLDS] > SHOWN) continue;
        printf("failure %s --replay %s:%u:%u:%s:%llu%s\n", verdicts[verdict], of->name, erase, operation, kinds[kind],
               (unsigned long long)opt->seed, opt->pairs ? " --pairs 1" : "");
    }
}

static bool is_tried(uint32_t operation, const options *opt) {
    static uint32_t tried;
    if (opt->operation != UINT32_MAX) return operation == opt->operation;
    const uint32_t stride = 1 + (media_count() * NOR_CUT_KINDS - 1) / opt->cuts;
    if (operation % stride != 0 && !media_is_first(operation)) return false;
    return tried++ % opt->shards == opt->shard;
}

static bool run(const flow *of, uint32_t erase, const options *opt) {
    tally count = {0};
    of->prepare(erase);
    media_record();
    if (!of->run()) {
        printf("failure %s does not get to its end without a cut\n", of->name);
        return false;
    }
    media_rewind();
    for (uint32_t operation = 0; operation < media_count(); operation++) {
        if (is_tried(operation, opt)) try_kinds(of, erase, operation, opt, &count);
        media_advance(operation);
    }
    printf("flow %s erase %u operations %u cuts %u", of->name, erase, media_count(), count.cuts);
    for (uint32_t i = 0; i < NOR_CUT_KINDS; i++) printf(" %s %u", kinds[i], count.kinds[i]);
    printf(" inErase %u inBurn %u second %u", count.erases, count.burns, count.seconds);
    for (uint32_t i = 1; i < FLOW_VERDICTS; i++) printf(" %s %u", verdicts[i], count.verdicts[i]);
    printf("\n");
    fflush(stdout);
    return count.cuts == count.verdicts[FLOW_HOLDS];
}

extern const powercut_site __start_powercut_sites[], __stop_powercut_sites[];

static void print_sites(void) {
    for (const powercut_site *site = __start_powercut_sites; site < __stop_powercut_sites; site++) {
        printf("site %s:%d %s %s\n", site->file, site->line, site->call, *site->cut ? "cut" : "never");
    }
}

static void parse_replay(char *text, options *opt) {
    char *part = strtok(text, ":");
    opt->flow = part;
    if ((part = strtok(NULL, ":")) != NULL) opt->erase = (uint32_t)strtoul(part, NULL, 10);
    if ((part = strtok(NULL, ":")) != NULL) opt->operation = (uint32_t)strtoul(part, NULL, 10);
    if ((part = strtok(NULL, ":")) == NULL) return;
    for (int kind = 0; kind < NOR_CUT_KINDS; kind++) {
        if (strcmp(part, kinds[kind]) == 0) opt->kind = kind;
    }
    if ((part = strtok(NULL, ":")) != NULL) opt->seed = strtoull(part, NULL, 10);
}

static bool parse(const char *name, char *value, options *opt) {
    const unsigned long long number = strtoull(value, NULL, 10);
    if (strcmp(name, "--flow") == 0) opt->flow = value;
    else if (strcmp(name, "--erase") == 0) opt->erase = (uint32_t)number;
    else if (strcmp(name, "--cuts") == 0) opt->cuts = number == 0 ? 1 : (uint32_t)number;
    else if (strcmp(name, "--seed") == 0) opt->seed = number;
    else if (strcmp(name, "--pairs") == 0) opt->pairs = number != 0;
    else if (strcmp(name, "--shard") == 0) return sscanf(value, "%u/%u", &opt->shard, &opt->shards) == 2 && opt->shard < opt->shards;
    else if (strcmp(name, "--replay") == 0) parse_replay(value, opt);
    else return false;
    return true;
}

int main(int argc, char **argv) {
    static const uint32_t erases[] = {4096, 262144};
    options opt = {.cuts = UINT32_MAX, .seed = 1, .shards = 1, .operation = UINT32_MAX, .kind = -1};
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 < argc && parse(argv[i], argv[i + 1], &opt)) continue;
        fprintf(stderr, "powercut: %s is no option, or lacks its value\n", argv[i]);
        return 2;
    }
    bool holds = true, known = false;
    for (uint32_t i = 0; i < flow_count; i++) {
        if (opt.flow != NULL && strcmp(opt.flow, flows[i].name) != 0) continue;
        known = true;
        for (uint32_t j = 0; j < 2; j++) {
            if (opt.erase == 0 || opt.erase == erases[j]) holds = run(&flows[i], erases[j], &opt) && holds;
        }
    }
    if (!known) {
        fprintf(stderr, "powercut: there is no flow %s\n", opt.flow);
        return 2;
    }
    print_sites();
    return holds ? 0 : 1;
}
