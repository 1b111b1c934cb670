// SPDX-License-Identifier: Apache-2.0
// #chain as proof (protocol/chain.md, steps 1 to 6 and all proofs): trust statements, header, witnesses, freshness, and
// the board's words. What the words say is the step's to judge.
#ifndef TM_CHAIN_PROOF_H
#define TM_CHAIN_PROOF_H

#include "anchor.h"
#include "chain_question.h"
#include "source.h"
#include "trie.h"
#include "trust_statement.h"

typedef union {
    tm_trie_buffer trie;
    tm_statement_buffer statement;
} tm_chain_buffer;

// anchor: in, what the unit trusts; out, with the statements applied and the floor advanced. On TM_OK the caller stores
// it before it judges facts, whatever the words say; otherwise it is worthless, and the unit's stands.
// facts->challenge_used holds also on later refusals: then the challenge is spent.
tm_error tm_chain_prove(const tm_source *source, const tm_chain_question *question, tm_chain_buffer *buffer,
                        tm_anchor *anchor, tm_chain_facts *facts);

#endif
