// SPDX-License-Identifier: Apache-2.0
// What the proved words mean for a release (protocol/chain.md, steps 7 and 8).
#ifndef TM_LICENSE_JUDGEMENT_H
#define TM_LICENSE_JUDGEMENT_H

#include "chain_question.h"
#include "license_word.h"
#include "release_signature.h"
#include "suit.h"

// The proved license word. LICENSE_ABSENT, WORD_MALFORMED.
tm_error tm_judge_license_word(const tm_chain_facts *facts, tm_license_word *license);

// In force, and for this release and its signer. LICENSE_*, CERT_NOT_IN_FORCE.
tm_error tm_judge_license(const tm_chain_facts *facts, const tm_certificate *root,
                          const tm_release_signature *signature, const tm_manifest *manifest,
                          tm_license_word *license);

// RELEASE_*, WORD_MALFORMED.
tm_error tm_judge_release(const tm_chain_facts *facts, const tm_manifest *manifest);

#endif
