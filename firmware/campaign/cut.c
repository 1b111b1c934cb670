// SPDX-License-Identifier: Apache-2.0
#include "cut.h"

#include <setjmp.h>

#include "media.h"

static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

static uint32_t draw(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

// Early operations are as likely as late ones.
static nor_cut draw_cut(uint64_t *state) {
    const uint32_t bits = draw(state) % 15u;
    return (nor_cut){draw(state) % (1u << bits), (nor_cut_kind)(draw(state) % NOR_CUT_KINDS), draw(state)};
}

// Where a cut falls behind the last operation, the ones before it were all.
static flow_verdict settle(const flow *of, const nor_cut *next, uint32_t left, uint32_t *fell) {
    if (left == 0) return of->settle();
    nor_arm(*next, lose_power);
    const bool lost = setjmp(power) != 0;
    if (!lost) {
        const flow_verdict verdict = of->settle();
        nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
        return verdict;
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    ++*fell;
    return settle(of, next + 1, left - 1, fell);
}

flow_verdict cut_try(const flow *of, const cut *at, cut_tally *count) {
    uint64_t state = at->seed * NOR_CUT_KINDS + at->kind;
    uint32_t fell = 0;
    nor_cut later[2] = {draw_cut(&state), draw_cut(&state)};
    if (at->second != UINT32_MAX) later[0].operation = at->second;
    media_cut(at->operation, at->kind, at->seed);
    const flow_verdict verdict = settle(of, later, at->depth - 1, &fell);
    media_restore();
    count->cuts++;
    count->kinds[at->kind]++;
    count->verdicts[verdict]++;
    count->erases += media_is_erase(at->operation);
    count->burns += media_is_one_time(at->operation);
    count->second += fell > 0;
    count->third += fell > 1;
    return verdict;
}

// The state behind an operation is the one before the next: counted there.
static uint32_t distinct_states(const cut *at) {
    uint64_t seen[NOR_CUT_KINDS];
    uint32_t count = 0;
    media_cut(at->operation, NOR_CUT_AFTER, at->seed);
    const uint64_t behind = media_fingerprint(at->operation);
    media_restore();
    for (uint32_t kind = 0; kind < NOR_CUT_AFTER; kind++) {
        media_cut(at->operation, (nor_cut_kind)kind, at->seed);
        const uint64_t left = media_fingerprint(at->operation);
        media_restore();
        bool known = left == behind && kind != NOR_CUT_BEFORE;
        for (uint32_t i = 0; i < count; i++) known = known || seen[i] == left;
        if (!known) seen[count++] = left;
    }
    return count;
}

void cut_every_kind(const flow *of, const cut *at, cut_tally *count, void (*failed)(const cut *, flow_verdict)) {
    cut each = *at;
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        each.kind = (nor_cut_kind)kind;
        const flow_verdict verdict = cut_try(of, &each, count);
        if (verdict != FLOW_HOLDS) failed(&each, verdict);
    }
    count->states += distinct_states(at);
}

void cut_every_second(const flow *of, const cut *at, uint32_t limit, cut_tally *count,
                      void (*failed)(const cut *, flow_verdict)) {
    cut each = *at;
    for (each.second = 0; each.second < limit; each.second++) {
        const uint32_t fell = count->second;
        uint64_t state = at->seed ^ ((uint64_t)each.second << 32);
        each.kind = (nor_cut_kind)(draw(&state) % NOR_CUT_KINDS);
        each.seed = state;
        const flow_verdict verdict = cut_try(of, &each, count);
        if (verdict != FLOW_HOLDS) failed(&each, verdict);
        if (count->second == fell) return;
    }
}
