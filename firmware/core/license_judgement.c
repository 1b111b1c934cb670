// SPDX-License-Identifier: Apache-2.0
#include "license_judgement.h"

#include "release_word.h"

tm_error tm_judge_license_word(const tm_chain_facts *facts, tm_license_word *license) {
    if (!facts->license.present) return TM_ERROR_LICENSE_ABSENT;
    return tm_license_word_decode(facts->license.bytes, license);
}

tm_error tm_judge_license(const tm_chain_facts *facts, const tm_certificate *root,
                          const tm_release_signature *signature, const tm_manifest *manifest,
                          tm_license_word *license) {
    const uint64_t now = facts->block.timestamp;
    TM_TRY(tm_judge_license_word(facts, license));
    TM_TRY(tm_license_in_force(license, now));
    const tm_certificate leaf = {.not_before = signature->not_before, .not_after = signature->not_after};
    TM_TRY(tm_x509_check_time(&leaf, now));
    TM_TRY(tm_x509_check_time(root, now));
    return tm_license_permits(license, signature->signer, manifest->security_version);
}

tm_error tm_judge_release(const tm_chain_facts *facts, const tm_manifest *manifest) {
    if (!facts->release.present) return TM_ERROR_RELEASE_NOT_ANNOUNCED;
    return tm_release_word_check(facts->release.bytes, manifest->security_version, facts->block.number);
}
