// SPDX-License-Identifier: Apache-2.0
// Written by protocol/generate.ts from protocol/protocol.json: edit that.
#ifndef TM_GENERATED_PROTOCOL_H
#define TM_GENERATED_PROTOCOL_H

// -- outcomes: X(NAME, code, text); success is not zero
#define TM_OK 0x3ca5c35au
#define TM_ERROR_TABLE(X) \
    X(CBOR_MALFORMED, 16u, "not well-formed CBOR within its bounds") \
    X(CBOR_NOT_DETERMINISTIC, 17u, "CBOR that is not in deterministic form") \
    X(CBOR_TOO_DEEP, 18u, "CBOR nested deeper than 8") \
    X(MESSAGE_FIELD, 19u, "a field of the request is missing, of the wrong type or out of range") \
    X(MESSAGE_TOO_LARGE, 20u, "the request does not fit its buffer") \
    X(COMMAND_UNKNOWN, 21u, "no such command") \
    X(BUSY, 22u, "another operation is under way") \
    X(CHUNK_DIGEST, 23u, "the chunks do not hash to the announced digest") \
    X(ENVELOPE_MALFORMED, 32u, "the bundle is not an envelope of the profile") \
    X(ENVELOPE_TOO_LARGE, 33u, "more than 32 KiB before the image") \
    X(MANIFEST_DIGEST_MISMATCH, 34u, "the manifest does not hash to the digest in its authentication wrapper") \
    X(COSE_MALFORMED, 35u, "the authentication block is not COSE_Sign1 in the profile") \
    X(COSE_ALGORITHM, 36u, "the signature algorithm is not ES256K in the protected header") \
    X(COSE_SIGNATURE, 37u, "the OTA signature does not verify") \
    X(MANIFEST_MALFORMED, 38u, "the manifest is not of the profile") \
    X(VENDOR_MISMATCH, 39u, "the release is for another vendor") \
    X(CLASS_MISMATCH, 40u, "the release is for another device class") \
    X(CHAIN_ID_MISMATCH, 41u, "the release names another chain") \
    X(BOARD_MISMATCH, 42u, "the release names another board or board code") \
    X(MANUFACTURER_MISMATCH, 43u, "the release is another manufacturer's") \
    X(PROOF_TYPE_UNKNOWN, 44u, "a proof type this firmware does not know") \
    X(DER_MALFORMED, 48u, "not strict DER") \
    X(CERT_PROFILE, 49u, "a certificate outside the profile") \
    X(CERT_ALGORITHM, 50u, "a certificate with another curve or signature algorithm") \
    X(CERT_SIGNATURE, 51u, "a certificate's signature does not verify under its issuer") \
    X(CERT_CRITICAL_EXTENSION, 52u, "an unknown critical extension") \
    X(CERT_USAGE, 53u, "the certificate may not be used for this") \
    X(CERT_PATH_LENGTH, 54u, "the certificate path is longer than allowed") \
    X(CERT_ISSUER, 55u, "the certificate's issuer is not the next certificate's subject") \
    X(CERT_NOT_IN_FORCE, 56u, "the block's time lies outside the certificate's validity") \
    X(CERT_MANUFACTURER, 57u, "the certificate names another manufacturer or chain") \
    X(CERT_KEY_MISMATCH, 58u, "the certificate does not hold this unit's key") \
    X(CERT_MODEL_MISMATCH, 59u, "the certificate names another hardware model") \
    X(CERT_SERIAL, 60u, "a certificate serial number that is zero, negative or too long") \
    X(CERT_REVOKED, 61u, "the certificate is revoked") \
    X(ROOT_MISMATCH, 62u, "the root is not the one this unit is pinned to") \
    X(PUBLIC_KEY_INVALID, 63u, "not a valid secp256k1 point") \
    X(SIGNATURE_INVALID, 64u, "a signature does not verify") \
    X(SIGNATURE_HIGH_S, 65u, "a signature with high s") \
    X(SIGNATURE_RANGE, 66u, "r or s is zero or not below the group order") \
    X(CHAIN_MALFORMED, 72u, "the #chain block is not of its form") \
    X(TRUST_STATEMENT_MALFORMED, 73u, "a trust statement is not of its form") \
    X(TRUST_OLD_HASH, 74u, "the trust statement does not start from this unit's trust") \
    X(TRUST_SIGNATURES, 75u, "the trust statement lacks required signatures") \
    X(TRUST_EPOCH, 76u, "the trust statement does not raise the epoch") \
    X(TRUST_CONSTANT, 77u, "the trust statement changes what never changes") \
    X(TRUST_FLOOR, 78u, "the trust statement lowers the floor") \
    X(TRUST_BLOCK_MALFORMED, 79u, "the trust block is not of its form") \
    X(TRUST_INCOMPLETE, 80u, "the unit has no root yet") \
    X(TRUST_ROOT_NOT_PROVED, 81u, "the new root's hash is not proved on chain") \
    X(HEADER_MALFORMED, 88u, "the block header is not RLP of the expected form") \
    X(WITNESS_QUORUM, 89u, "fewer than k distinct witnesses of the current epoch signed this block") \
    X(WITNESS_SIGNATURE, 90u, "a witness signature does not verify") \
    X(WITNESS_INDEX, 91u, "a witness index is unknown or repeated") \
    X(BLOCK_BELOW_FLOOR, 92u, "the block is older than one this unit has seen") \
    X(BLOCK_BELOW_MINIMUM, 93u, "the block is older than the release's minBlock") \
    X(CHALLENGE_REQUIRED, 94u, "this step needs a proof over this unit's challenge") \
    X(CHALLENGE_EXPIRED, 95u, "no challenge is outstanding") \
    X(RLP_MALFORMED, 104u, "not strict RLP") \
    X(PROOF_NODE_HASH, 105u, "a proof node does not hash to its parent's reference") \
    X(PROOF_NODE_MALFORMED, 106u, "a proof node is not a branch, extension or leaf in strict form") \
    X(PROOF_PATH, 107u, "the proof's path does not lead to the key") \
    X(PROOF_TOO_DEEP, 108u, "the proof has more nodes than allowed") \
    X(PROOF_UNUSED_NODE, 109u, "the proof holds nodes that it does not need") \
    X(PROOF_INCOMPLETE, 110u, "the proof ends before the key is decided") \
    X(ACCOUNT_ABSENT, 111u, "the board has no account at this block") \
    X(ACCOUNT_MALFORMED, 112u, "the account leaf is not of its form") \
    X(ACCOUNT_CODE_HASH, 113u, "the board's code is not the pinned one") \
    X(WORD_MALFORMED, 114u, "a storage word is not of its layout") \
    X(LICENSE_ABSENT, 120u, "no license word for this manufacturer") \
    X(LICENSE_SUSPENDED, 121u, "the license is suspended") \
    X(LICENSE_REVOKED, 122u, "the license is revoked") \
    X(LICENSE_EXPIRED, 123u, "the license has expired at the proved block") \
    X(LICENSE_SUNSET, 124u, "under a sunset license only a higher security version installs") \
    X(LICENSE_SIGNER, 125u, "the license names another OTA signer") \
    X(LICENSE_MIN_SECURITY_VERSION, 126u, "the release's security version is below the license's minimum") \
    X(RELEASE_NOT_ANNOUNCED, 127u, "the release was never announced on chain") \
    X(RELEASE_WITHDRAWN, 128u, "the release was withdrawn") \
    X(RELEASE_SECURITY_VERSION, 129u, "the announced security version is another") \
    X(RELEASE_BLOCK, 130u, "the release was announced after the proved block") \
    X(ROOT_ABSENT, 131u, "no root word for this manufacturer") \
    X(ROOT_WORD_MISMATCH, 132u, "the chain names another root certificate") \
    X(LICENSE_STATUS_UNKNOWN, 133u, "a status number this firmware does not know") \
    X(SEQUENCE_ROLLBACK, 140u, "the sequence number is lower than the running release's") \
    X(SECURITY_VERSION_ROLLBACK, 141u, "the security version is below the unit's rollback counter") \
    X(IMAGE_SIZE, 142u, "the payload's size is not the signed one, or exceeds the slot") \
    X(IMAGE_DIGEST_MISMATCH, 143u, "the image does not hash to the signed digest") \
    X(IMAGE_FLASH_MISMATCH, 144u, "what stands in flash is not what was received") \
    X(DELTA_BASE_MISMATCH, 145u, "the delta is against another base image") \
    X(DELTA_MALFORMED, 146u, "the delta is not of its form or leaves its bounds") \
    X(NO_STAGED_IMAGE, 147u, "no image of this digest was staged by the current gate pass") \
    X(TRIAL_RUNNING, 148u, "refused while an image is on trial") \
    X(SELF_TEST_PENDING, 149u, "the self-test has not passed") \
    X(NOT_SAFE_TO_REBOOT, 150u, "the port says it is not safe to reboot now") \
    X(RECEIPT_INVALID, 151u, "the slot has no valid receipt of this chip") \
    X(SLOT_EMPTY, 152u, "the slot holds no image") \
    X(SLOT_HEAD_MALFORMED, 153u, "the slot head is not of its form") \
    X(ENTROPY_FAILED, 160u, "the entropy source failed its health test") \
    X(LIFE_STATE, 161u, "not allowed in this state of the unit's life") \
    X(LOCKED, 162u, "the unit is locked") \
    X(SESSION_MISSING, 163u, "no provisioning session is open") \
    X(IDENTITY_ABSENT, 164u, "the unit has no identity") \
    X(IDENTITY_FOREIGN, 165u, "the identity in flash is wrapped by another chip") \
    X(LOCK_NOT_READY, 166u, "a condition of lock is not met") \
    X(PRESENCE_REQUIRED, 167u, "someone has to be present at the unit") \
    X(ONE_TIME_MEMORY, 168u, "one-time memory is exhausted or reads back otherwise") \
    X(FLASH_WRITE, 169u, "a flash write or erase failed or reads back otherwise") \
    X(CHIP_KEY_ABSENT, 170u, "the chip has no key of its own") \
    X(FRAME_MALFORMED, 176u, "a serial frame with a bad length, checksum or base64") \
    X(INTERNAL, 255u, "an invariant of the code does not hold")

// -- words
#define TM_WORD_LAYOUT 1u
#define TM_WORD_LICENSE_STATUS_ACTIVE 1u
#define TM_WORD_LICENSE_STATUS_SUSPENDED 2u
#define TM_WORD_LICENSE_STATUS_REVOKED 3u
#define TM_WORD_LICENSE_STATUS_SUNSET 4u
#define TM_WORD_RELEASE_STATUS_ANNOUNCED 1u
#define TM_WORD_RELEASE_STATUS_WITHDRAWN 2u
#define TM_WORD_LEASE_SECONDS 0xed4e00u

// -- limits
#define TM_LIMIT_BUNDLE_STAGING_BYTES 32768u
#define TM_LIMIT_AUTHENTICATION_BYTES 1536u
#define TM_LIMIT_MANIFEST_BYTES 1024u
#define TM_LIMIT_CERTIFICATE_BYTES 1024u
#define TM_LIMIT_CSR_BYTES 768u
#define TM_LIMIT_HEADER_BYTES 12288u
#define TM_LIMIT_HEADER_FIELDS_MIN 16u
#define TM_LIMIT_HEADER_FIELDS_MAX 40u
#define TM_LIMIT_TRIE_NODE_BYTES 544u
#define TM_LIMIT_TRIE_DEPTH 24u
#define TM_LIMIT_TRUST_STATEMENTS 4u
#define TM_LIMIT_KEYS_IN_TRUST_BLOCK 10u
#define TM_LIMIT_WITNESSES_MAX 7u
#define TM_LIMIT_RECOVERY_MAX 5u
#define TM_LIMIT_FLOOR_STEP 0x1000000u
#define TM_LIMIT_CHALLENGE_SECONDS 600u
#define TM_LIMIT_CBOR_DEPTH 8u
#define TM_LIMIT_CBOR_ITEMS 256u
#define TM_LIMIT_IMAGE_BYTES 0x40000u
#define TM_LIMIT_HARDWARE_MODEL_BYTES 32u
#define TM_LIMIT_SERIAL_BYTES 32u
#define TM_LIMIT_ROLLBACK_MIRROR 16u
#define TM_LIMIT_VERSION_BYTES 16u
#define TM_LIMIT_PROGRESS_STRIDE 4096u
#define TM_LIMIT_TRANSACTION_GAS 0x1000000u
#define TM_LIMIT_SEQUENCE_BITS 53u
#define TM_LIMIT_LINE_UNITS 0xf4240u

// -- smp
#define TM_SMP_HEADER_BYTES 8u
#define TM_SMP_LINE_BYTES 127u
#define TM_SMP_PACKET_BYTES 2048u
#define TM_SMP_BUFFER_COUNT 5u
#define TM_SMP_PARTIAL_PACKET_TIMEOUT_MS 2000u
#define TM_SMP_OP_READ 0u
#define TM_SMP_OP_READ_RESPONSE 1u
#define TM_SMP_OP_WRITE 2u
#define TM_SMP_OP_WRITE_RESPONSE 3u
#define TM_SMP_RC_OK 0u
#define TM_SMP_RC_UNKNOWN 1u
#define TM_SMP_RC_NO_MEMORY 2u
#define TM_SMP_RC_INVALID 3u
#define TM_SMP_RC_TIMEOUT 4u
#define TM_SMP_RC_NO_ENTRY 5u
#define TM_SMP_RC_BAD_STATE 6u
#define TM_SMP_RC_TOO_LARGE 7u
#define TM_SMP_RC_NOT_SUPPORTED 8u
#define TM_SMP_RC_CORRUPT 9u
#define TM_SMP_RC_BUSY 10u
#define TM_SMP_RC_ACCESS_DENIED 11u
#define TM_SMP_RC_PER_USER 256u
#define TM_SMP_GROUP_OS 0u
#define TM_SMP_GROUP_IMAGE 1u
#define TM_SMP_GROUP_TOUCHMARK 64u
#define TM_SMP_OS_ECHO 0u
#define TM_SMP_OS_RESET 5u
#define TM_SMP_OS_PARAMETERS 6u
#define TM_SMP_OS_INFO 7u
#define TM_SMP_OS_BOOTLOADER_INFO 8u
#define TM_SMP_IMAGE_STATE 0u
#define TM_SMP_IMAGE_UPLOAD 1u
#define TM_SMP_IMAGE_ERASE 5u
#define TM_SMP_IMAGE_SLOT_INFO 6u
#define TM_SMP_TOUCHMARK_HELLO 0u
#define TM_SMP_TOUCHMARK_BEGIN 1u
#define TM_SMP_TOUCHMARK_CSR 2u
#define TM_SMP_TOUCHMARK_ENROLL 3u
#define TM_SMP_TOUCHMARK_VERIFY 4u
#define TM_SMP_TOUCHMARK_LOCK 5u
#define TM_SMP_TOUCHMARK_NOTICE 6u
#define TM_SMP_TOUCHMARK_ROTATE 7u
#define TM_SMP_TOUCHMARK_ATTEST 8u
#define TM_SMP_TOUCHMARK_SIGN_IN 9u
#define TM_SMP_TOUCHMARK_CLAIM 10u
#define TM_SMP_TOUCHMARK_PAIR 11u
#define TM_SMP_TOUCHMARK_UNPAIR 12u
#define TM_SMP_TOUCHMARK_STATE 13u
#define TM_SMP_TOUCHMARK_CHALLENGE 14u
#define TM_SMP_TOUCHMARK_COUNTERS 15u

// -- life
#define TM_LIFE_BLANK 0u
#define TM_LIFE_BORN 1u
#define TM_LIFE_ENROLLED 2u
#define TM_LIFE_LOCKED 3u

// -- bootState
#define TM_BOOT_STATE_CONFIRMED 1u
#define TM_BOOT_STATE_PENDING 2u
#define TM_BOOT_STATE_TRIAL 3u

// -- cose
#define TM_COSE_ALG_ES256K (-47)
#define TM_COSE_HEADER_ALG 1
#define TM_COSE_HEADER_CRIT 2
#define TM_COSE_HEADER_CONTENT_TYPE 3
#define TM_COSE_HEADER_X5CHAIN 33
#define TM_COSE_TAG_SIGN1 18
#define TM_COSE_TAG_SUIT_ENVELOPE 107
#define TM_COSE_DIGEST_SHA256 (-16)

// -- suit
#define TM_SUIT_DRAFT "draft-ietf-suit-manifest-34"
#define TM_SUIT_ENVELOPE_AUTHENTICATION_WRAPPER 2
#define TM_SUIT_ENVELOPE_MANIFEST 3
#define TM_SUIT_MANIFEST_VERSION 1
#define TM_SUIT_MANIFEST_SEQUENCE_NUMBER 2
#define TM_SUIT_MANIFEST_COMMON 3
#define TM_SUIT_MANIFEST_VALIDATE 7
#define TM_SUIT_MANIFEST_INVOKE 9
#define TM_SUIT_MANIFEST_INSTALL 20
#define TM_SUIT_SUPPORTED_MANIFEST_VERSION 1
#define TM_SUIT_COMMON_COMPONENTS 2
#define TM_SUIT_COMMON_SHARED_SEQUENCE 4
#define TM_SUIT_COMMAND_CONDITION_VENDOR 1
#define TM_SUIT_COMMAND_CONDITION_CLASS 2
#define TM_SUIT_COMMAND_CONDITION_IMAGE_MATCH 3
#define TM_SUIT_COMMAND_OVERRIDE_PARAMETERS 20
#define TM_SUIT_COMMAND_FETCH 21
#define TM_SUIT_COMMAND_INVOKE 23
#define TM_SUIT_COMMAND_CONDITION_TOUCHMARK_LICENSE (-257)
#define TM_SUIT_PARAMETER_VENDOR_ID 1
#define TM_SUIT_PARAMETER_CLASS_ID 2
#define TM_SUIT_PARAMETER_IMAGE_DIGEST 3
#define TM_SUIT_PARAMETER_IMAGE_SIZE 14
#define TM_SUIT_PARAMETER_URI 21
#define TM_SUIT_PARAMETER_TOUCHMARK_LICENSE (-257)
#define TM_SUIT_REPORTING_POLICY_ALL 15
#define TM_SUIT_REPORTING_POLICY_FAILURE 2
#define TM_SUIT_PAYLOAD_CHAIN "#chain"
#define TM_SUIT_PAYLOAD_DELTA "#delta"
#define TM_SUIT_PAYLOAD_FIRMWARE "#firmware"
#define TM_SUIT_COMPONENT_ID "00"
#define TM_SUIT_LICENSE_BLOCK_LAYOUT 1
#define TM_SUIT_PROOF_TYPE_WITNESSED_HEADER 1

// -- chain
#define TM_CHAIN_LAYOUT 1u
#define TM_CHAIN_SIGNATURE_ROLE_WITNESS 0u
#define TM_CHAIN_SIGNATURE_ROLE_ROOT 1u
#define TM_CHAIN_SIGNATURE_ROLE_RECOVERY 2u
#define TM_CHAIN_SIGNATURE_ROLE_NEW_ROOT 3u
#define TM_CHAIN_HEADER_FIELD_STATE_ROOT 3u
#define TM_CHAIN_HEADER_FIELD_NUMBER 8u
#define TM_CHAIN_HEADER_FIELD_TIMESTAMP 11u

// -- domain tags
#define TM_DOMAIN_TRUST_HASH "touchmark/trust/v1"
#define TM_DOMAIN_CONSTANT_HASH "touchmark/constant/v1"
#define TM_DOMAIN_RECEIPT "touchmark/receipt/v1"
#define TM_DOMAIN_IDENTITY_CELL "touchmark/identity-cell/v1"
#define TM_DOMAIN_MOVING_CELL "touchmark/moving-cell/v1"
#define TM_DOMAIN_KEY_WRAP "touchmark/key-wrap/v1"
#define TM_DOMAIN_KEY_WRAP_TAG "touchmark/key-wrap-tag/v1"
#define TM_DOMAIN_VERIFY "touchmark/verify/v1"
#define TM_DOMAIN_CLASS "touchmark/class/v1"
#define TM_DOMAIN_DEVICE_LEAF "touchmark/device-leaf/v1"
#define TM_DOMAIN_SALTED_SERIAL "touchmark/salted-serial/v1"
#define TM_DOMAIN_MINTING_RECORD "touchmark/minting-record/v1"

// -- object identifiers: contents octets, without tag and length
// 2.25.129185239003080326156603746238552381085.1
#define TM_OID_TOUCHMARK_MANUFACTURER { 0x69, 0x81, 0xc2, 0xb0, 0x96, 0x82, 0xa9, 0xc7, 0x8a, 0x90, 0xe9, 0xb0, 0x9a, 0xca, 0xad, 0x99, 0xe0, 0xd2, 0xad, 0x1d, 0x01 }
// 2.25.129185239003080326156603746238552381085.2
#define TM_OID_TOUCHMARK_OTA_PURPOSE { 0x69, 0x81, 0xc2, 0xb0, 0x96, 0x82, 0xa9, 0xc7, 0x8a, 0x90, 0xe9, 0xb0, 0x9a, 0xca, 0xad, 0x99, 0xe0, 0xd2, 0xad, 0x1d, 0x02 }
// 2.25.129185239003080326156603746238552381085.3
#define TM_OID_TOUCHMARK_BIRTH { 0x69, 0x81, 0xc2, 0xb0, 0x96, 0x82, 0xa9, 0xc7, 0x8a, 0x90, 0xe9, 0xb0, 0x9a, 0xca, 0xad, 0x99, 0xe0, 0xd2, 0xad, 0x1d, 0x03 }
// 2.25.129185239003080326156603746238552381085.4
#define TM_OID_TOUCHMARK_REVOCATION_BLOCK { 0x69, 0x81, 0xc2, 0xb0, 0x96, 0x82, 0xa9, 0xc7, 0x8a, 0x90, 0xe9, 0xb0, 0x9a, 0xca, 0xad, 0x99, 0xe0, 0xd2, 0xad, 0x1d, 0x04 }
// 2.25.129185239003080326156603746238552381085.5
#define TM_OID_TOUCHMARK_UNITS { 0x69, 0x81, 0xc2, 0xb0, 0x96, 0x82, 0xa9, 0xc7, 0x8a, 0x90, 0xe9, 0xb0, 0x9a, 0xca, 0xad, 0x99, 0xe0, 0xd2, 0xad, 0x1d, 0x05 }
// 1.3.132.0.10
#define TM_OID_SECP256K1 { 0x2b, 0x81, 0x04, 0x00, 0x0a }
// 1.2.840.10045.2.1
#define TM_OID_EC_PUBLIC_KEY { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 }
// 1.2.840.10045.4.3.2
#define TM_OID_ECDSA_WITH_SHA256 { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 }
// 1.2.840.113549.1.9.14
#define TM_OID_EXTENSION_REQUEST { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e }
// 2.5.29.19
#define TM_OID_BASIC_CONSTRAINTS { 0x55, 0x1d, 0x13 }
// 2.5.29.15
#define TM_OID_KEY_USAGE { 0x55, 0x1d, 0x0f }
// 2.5.29.37
#define TM_OID_EXTENDED_KEY_USAGE { 0x55, 0x1d, 0x25 }
// 2.5.29.14
#define TM_OID_SUBJECT_KEY_IDENTIFIER { 0x55, 0x1d, 0x0e }
// 2.5.29.35
#define TM_OID_AUTHORITY_KEY_IDENTIFIER { 0x55, 0x1d, 0x23 }
// 2.5.29.17
#define TM_OID_SUBJECT_ALT_NAME { 0x55, 0x1d, 0x11 }
// 2.5.4.3
#define TM_OID_COMMON_NAME { 0x55, 0x04, 0x03 }
// 2.5.4.5
#define TM_OID_SERIAL_NUMBER { 0x55, 0x04, 0x05 }
// 2.5.4.10
#define TM_OID_ORGANIZATION_NAME { 0x55, 0x04, 0x0a }
// 2.5.29.20
#define TM_OID_CRL_NUMBER { 0x55, 0x1d, 0x14 }
// 2.5.29.21
#define TM_OID_CRL_REASON { 0x55, 0x1d, 0x15 }

// -- ERC-7201 base slots
#define TM_SLOT_BASE_LICENSE { 0x41, 0x83, 0x07, 0xfe, 0x2b, 0x64, 0x65, 0xf6, 0x51, 0xd8, 0xa7, 0xf1, 0xc7, 0xbb, 0xe4, 0x24, 0x96, 0x06, 0xd8, 0xf7, 0x35, 0x82, 0xe9, 0xa3, 0x34, 0xdb, 0xa0, 0x38, 0x6e, 0x6b, 0x4e, 0x00 }
#define TM_SLOT_BASE_RELEASE { 0x33, 0x09, 0x7d, 0x8f, 0x27, 0x79, 0x32, 0xb5, 0x5a, 0xee, 0x26, 0xfd, 0x2a, 0xed, 0xf1, 0x44, 0x66, 0x26, 0xaf, 0x0b, 0x0e, 0x1f, 0x6e, 0x76, 0x84, 0x34, 0xa4, 0xda, 0x5d, 0xea, 0x57, 0x00 }
#define TM_SLOT_BASE_ROOT { 0xb9, 0x10, 0xad, 0xe2, 0xf3, 0xf0, 0x3a, 0x8e, 0x23, 0x75, 0x92, 0x6f, 0x83, 0x92, 0x37, 0x98, 0xe4, 0xba, 0x96, 0xcf, 0x7e, 0xe4, 0xa3, 0x82, 0x56, 0xc6, 0xc1, 0xe5, 0xaa, 0x24, 0x87, 0x00 }

// -- EIP-712 hashes
#define TM_TYPE_HASH_WITNESS_DOMAIN { 0xc2, 0xf8, 0x78, 0x71, 0x76, 0xb8, 0xac, 0x6b, 0xf7, 0x21, 0x5b, 0x4a, 0xdc, 0xc1, 0xe0, 0x69, 0xbf, 0x4a, 0xb8, 0x2d, 0x9a, 0xb1, 0xdf, 0x05, 0xa5, 0x7a, 0x91, 0xd4, 0x25, 0x93, 0x5b, 0x6e }
#define TM_TYPE_HASH_DIMO_DOMAIN { 0x8b, 0x73, 0xc3, 0xc6, 0x9b, 0xb8, 0xfe, 0x3d, 0x51, 0x2e, 0xcc, 0x4c, 0xf7, 0x59, 0xcc, 0x79, 0x23, 0x9f, 0x7b, 0x17, 0x9b, 0x0f, 0xfa, 0xca, 0xa9, 0xa7, 0x5d, 0x52, 0x2b, 0x39, 0x40, 0x0f }
#define TM_TYPE_HASH_TOUCHMARK_DOMAIN { 0x8b, 0x73, 0xc3, 0xc6, 0x9b, 0xb8, 0xfe, 0x3d, 0x51, 0x2e, 0xcc, 0x4c, 0xf7, 0x59, 0xcc, 0x79, 0x23, 0x9f, 0x7b, 0x17, 0x9b, 0x0f, 0xfa, 0xca, 0xa9, 0xa7, 0x5d, 0x52, 0x2b, 0x39, 0x40, 0x0f }
#define TM_TYPE_HASH_BLOCK_WITNESS { 0x31, 0x97, 0x66, 0x27, 0xee, 0x38, 0x44, 0x05, 0xd3, 0x8f, 0x0a, 0x58, 0xa7, 0xc9, 0x4a, 0x8d, 0xbb, 0x0c, 0xac, 0x8a, 0xcb, 0xfe, 0x76, 0xe1, 0x97, 0x2b, 0x54, 0x39, 0xb5, 0x41, 0xdd, 0x7f }
#define TM_TYPE_HASH_TRUST_STATEMENT { 0x5b, 0xfb, 0xac, 0x0a, 0xae, 0xbf, 0x1a, 0x58, 0xac, 0x5a, 0x54, 0x7f, 0x69, 0x77, 0xe4, 0x8e, 0x38, 0xec, 0xc7, 0x05, 0x08, 0xde, 0x2c, 0x21, 0xf6, 0xea, 0xae, 0x60, 0xcb, 0x3f, 0xe8, 0x4e }
#define TM_TYPE_HASH_CLAIM_AFTERMARKET_DEVICE { 0xe9, 0xc1, 0x55, 0x33, 0x60, 0x94, 0x8a, 0xe2, 0xa8, 0xaa, 0xa5, 0x05, 0x6e, 0xc0, 0x95, 0x9a, 0x02, 0xb1, 0xac, 0xe8, 0xe1, 0x7c, 0x82, 0x13, 0x18, 0x34, 0xe1, 0x7c, 0x50, 0x22, 0x1d, 0x99 }
#define TM_TYPE_HASH_PAIR_AFTERMARKET_DEVICE { 0x2f, 0xc2, 0x03, 0x92, 0xfb, 0xe0, 0xe3, 0x3f, 0x2f, 0x54, 0xb3, 0x48, 0x5f, 0x76, 0xaf, 0x26, 0x89, 0xa6, 0x6f, 0x0e, 0x9a, 0xb1, 0x39, 0x98, 0x8e, 0xbc, 0x81, 0xc8, 0x1b, 0xfb, 0x06, 0x3e }
#define TM_TYPE_HASH_CLAIM_DEVICE { 0x2c, 0x07, 0x15, 0x3c, 0x02, 0x1b, 0x7b, 0x73, 0xd4, 0x6e, 0x24, 0x1f, 0x32, 0xc9, 0x0e, 0xa5, 0xd1, 0x41, 0xf0, 0x60, 0x0d, 0xb9, 0xb8, 0x84, 0xd0, 0x97, 0x0f, 0x50, 0xc4, 0xd3, 0xbc, 0xed }
#define TM_TYPE_HASH_PAIR_DEVICE { 0xd3, 0xf8, 0xc0, 0x90, 0x78, 0x9b, 0x10, 0x6d, 0x8e, 0xc1, 0xf4, 0x86, 0x6f, 0xda, 0x23, 0x2d, 0xf5, 0xa6, 0x2f, 0xc6, 0x24, 0x9a, 0xf9, 0x54, 0x4f, 0x60, 0xfe, 0x67, 0x3e, 0xd4, 0xd3, 0xa6 }
#define TM_TYPE_HASH_MOU_ACCEPTANCE { 0x53, 0xf4, 0x1f, 0x9a, 0x61, 0x32, 0x47, 0xdc, 0xc7, 0xe3, 0xcc, 0x18, 0x85, 0xfc, 0x33, 0xe3, 0x07, 0x44, 0xa3, 0x19, 0xd6, 0x1c, 0xe8, 0x55, 0xd5, 0x5f, 0x97, 0xcd, 0x60, 0x9d, 0xb1, 0x17 }
#define TM_NAME_HASH_WITNESS_DOMAIN { 0x32, 0xdb, 0x23, 0x7b, 0xbd, 0xb5, 0x17, 0x3a, 0x2d, 0x27, 0xa7, 0xe8, 0x9a, 0x81, 0x58, 0x4b, 0x69, 0xb7, 0xf6, 0x25, 0x6d, 0xac, 0x6d, 0x57, 0xc6, 0x4d, 0x8b, 0x58, 0xef, 0xeb, 0xd9, 0x0e }
#define TM_VERSION_HASH_WITNESS_DOMAIN { 0xc8, 0x9e, 0xfd, 0xaa, 0x54, 0xc0, 0xf2, 0x0c, 0x7a, 0xdf, 0x61, 0x28, 0x82, 0xdf, 0x09, 0x50, 0xf5, 0xa9, 0x51, 0x63, 0x7e, 0x03, 0x07, 0xcd, 0xcb, 0x4c, 0x67, 0x2f, 0x29, 0x8b, 0x8b, 0xc6 }
#define TM_NAME_HASH_DIMO_DOMAIN { 0x77, 0xb3, 0x6d, 0xd6, 0xde, 0xb0, 0xe7, 0xc3, 0x5c, 0x7f, 0x2f, 0x66, 0xcc, 0x59, 0x34, 0xb8, 0x36, 0x03, 0x0b, 0x19, 0x93, 0x06, 0x6b, 0x06, 0x9d, 0x8d, 0x4a, 0x5a, 0xa1, 0x92, 0x0c, 0x3f }
#define TM_VERSION_HASH_DIMO_DOMAIN { 0xc8, 0x9e, 0xfd, 0xaa, 0x54, 0xc0, 0xf2, 0x0c, 0x7a, 0xdf, 0x61, 0x28, 0x82, 0xdf, 0x09, 0x50, 0xf5, 0xa9, 0x51, 0x63, 0x7e, 0x03, 0x07, 0xcd, 0xcb, 0x4c, 0x67, 0x2f, 0x29, 0x8b, 0x8b, 0xc6 }
#define TM_NAME_HASH_TOUCHMARK_DOMAIN { 0x32, 0xdb, 0x23, 0x7b, 0xbd, 0xb5, 0x17, 0x3a, 0x2d, 0x27, 0xa7, 0xe8, 0x9a, 0x81, 0x58, 0x4b, 0x69, 0xb7, 0xf6, 0x25, 0x6d, 0xac, 0x6d, 0x57, 0xc6, 0x4d, 0x8b, 0x58, 0xef, 0xeb, 0xd9, 0x0e }
#define TM_VERSION_HASH_TOUCHMARK_DOMAIN { 0xc8, 0x9e, 0xfd, 0xaa, 0x54, 0xc0, 0xf2, 0x0c, 0x7a, 0xdf, 0x61, 0x28, 0x82, 0xdf, 0x09, 0x50, 0xf5, 0xa9, 0x51, 0x63, 0x7e, 0x03, 0x07, 0xcd, 0xcb, 0x4c, 0x67, 0x2f, 0x29, 0x8b, 0x8b, 0xc6 }

// -- word license
#define TM_WORD_LICENSE_BYTES 32u
#define TM_WORD_LICENSE_LAYOUT_OFFSET 0u
#define TM_WORD_LICENSE_LAYOUT_BYTES 1u
#define TM_WORD_LICENSE_STATUS_OFFSET 1u
#define TM_WORD_LICENSE_STATUS_BYTES 1u
#define TM_WORD_LICENSE_MIN_SECURITY_VERSION_OFFSET 2u
#define TM_WORD_LICENSE_MIN_SECURITY_VERSION_BYTES 4u
#define TM_WORD_LICENSE_EXPIRY_OFFSET 6u
#define TM_WORD_LICENSE_EXPIRY_BYTES 6u
#define TM_WORD_LICENSE_OTA_SIGNER_OFFSET 12u
#define TM_WORD_LICENSE_OTA_SIGNER_BYTES 20u
_Static_assert(TM_WORD_LICENSE_OTA_SIGNER_OFFSET + TM_WORD_LICENSE_OTA_SIGNER_BYTES == TM_WORD_LICENSE_BYTES, "WORD_LICENSE");

// -- word release
#define TM_WORD_RELEASE_BYTES 32u
#define TM_WORD_RELEASE_LAYOUT_OFFSET 0u
#define TM_WORD_RELEASE_LAYOUT_BYTES 1u
#define TM_WORD_RELEASE_STATUS_OFFSET 1u
#define TM_WORD_RELEASE_STATUS_BYTES 1u
#define TM_WORD_RELEASE_SECURITY_VERSION_OFFSET 2u
#define TM_WORD_RELEASE_SECURITY_VERSION_BYTES 4u
#define TM_WORD_RELEASE_ANNOUNCED_BLOCK_OFFSET 6u
#define TM_WORD_RELEASE_ANNOUNCED_BLOCK_BYTES 6u
#define TM_WORD_RELEASE_ANNOUNCER_OFFSET 12u
#define TM_WORD_RELEASE_ANNOUNCER_BYTES 20u
_Static_assert(TM_WORD_RELEASE_ANNOUNCER_OFFSET + TM_WORD_RELEASE_ANNOUNCER_BYTES == TM_WORD_RELEASE_BYTES, "WORD_RELEASE");

// -- word root
#define TM_WORD_ROOT_BYTES 32u
#define TM_WORD_ROOT_LAYOUT_OFFSET 0u
#define TM_WORD_ROOT_LAYOUT_BYTES 1u
#define TM_WORD_ROOT_ROOT_HASH_PREFIX_OFFSET 1u
#define TM_WORD_ROOT_ROOT_HASH_PREFIX_BYTES 31u
_Static_assert(TM_WORD_ROOT_ROOT_HASH_PREFIX_OFFSET + TM_WORD_ROOT_ROOT_HASH_PREFIX_BYTES == TM_WORD_ROOT_BYTES, "WORD_ROOT");

// -- layout trustBlock
#define TM_TRUST_BLOCK_BYTES 512u
#define TM_TRUST_BLOCK_MAGIC "TMTB"
#define TM_TRUST_BLOCK_MAGIC_OFFSET 0u
#define TM_TRUST_BLOCK_MAGIC_BYTES 4u
#define TM_TRUST_BLOCK_LAYOUT_OFFSET 4u
#define TM_TRUST_BLOCK_LAYOUT_BYTES 1u
#define TM_TRUST_BLOCK_WITNESS_THRESHOLD_OFFSET 5u
#define TM_TRUST_BLOCK_WITNESS_THRESHOLD_BYTES 1u
#define TM_TRUST_BLOCK_WITNESS_COUNT_OFFSET 6u
#define TM_TRUST_BLOCK_WITNESS_COUNT_BYTES 1u
#define TM_TRUST_BLOCK_RECOVERY_THRESHOLD_OFFSET 7u
#define TM_TRUST_BLOCK_RECOVERY_THRESHOLD_BYTES 1u
#define TM_TRUST_BLOCK_RECOVERY_COUNT_OFFSET 8u
#define TM_TRUST_BLOCK_RECOVERY_COUNT_BYTES 1u
#define TM_TRUST_BLOCK_RESERVED_OFFSET 9u
#define TM_TRUST_BLOCK_RESERVED_BYTES 3u
#define TM_TRUST_BLOCK_CHAIN_ID_OFFSET 12u
#define TM_TRUST_BLOCK_CHAIN_ID_BYTES 8u
#define TM_TRUST_BLOCK_MANUFACTURER_ID_OFFSET 20u
#define TM_TRUST_BLOCK_MANUFACTURER_ID_BYTES 8u
#define TM_TRUST_BLOCK_BOARD_OFFSET 28u
#define TM_TRUST_BLOCK_BOARD_BYTES 20u
#define TM_TRUST_BLOCK_BOARD_CODE_HASH_OFFSET 48u
#define TM_TRUST_BLOCK_BOARD_CODE_HASH_BYTES 32u
#define TM_TRUST_BLOCK_VENDOR_ID_OFFSET 80u
#define TM_TRUST_BLOCK_VENDOR_ID_BYTES 16u
#define TM_TRUST_BLOCK_CLASS_ID_OFFSET 96u
#define TM_TRUST_BLOCK_CLASS_ID_BYTES 16u
#define TM_TRUST_BLOCK_ROOT_HASH_OFFSET 112u
#define TM_TRUST_BLOCK_ROOT_HASH_BYTES 32u
#define TM_TRUST_BLOCK_EPOCH_OFFSET 144u
#define TM_TRUST_BLOCK_EPOCH_BYTES 4u
#define TM_TRUST_BLOCK_FLOOR_NUMBER_OFFSET 148u
#define TM_TRUST_BLOCK_FLOOR_NUMBER_BYTES 8u
#define TM_TRUST_BLOCK_FLOOR_TIMESTAMP_OFFSET 156u
#define TM_TRUST_BLOCK_FLOOR_TIMESTAMP_BYTES 8u
#define TM_TRUST_BLOCK_KEYS_OFFSET 164u
#define TM_TRUST_BLOCK_KEYS_BYTES 330u
#define TM_TRUST_BLOCK_PADDING_OFFSET 494u
#define TM_TRUST_BLOCK_PADDING_BYTES 14u
#define TM_TRUST_BLOCK_CRC32_OFFSET 508u
#define TM_TRUST_BLOCK_CRC32_BYTES 4u
_Static_assert(TM_TRUST_BLOCK_CRC32_OFFSET + TM_TRUST_BLOCK_CRC32_BYTES == TM_TRUST_BLOCK_BYTES, "TRUST_BLOCK");

// -- layout slotHead
#define TM_SLOT_HEAD_BYTES 128u
#define TM_SLOT_HEAD_MAGIC "TMSH"
#define TM_SLOT_HEAD_MAGIC_OFFSET 0u
#define TM_SLOT_HEAD_MAGIC_BYTES 4u
#define TM_SLOT_HEAD_LAYOUT_OFFSET 4u
#define TM_SLOT_HEAD_LAYOUT_BYTES 1u
#define TM_SLOT_HEAD_FLAGS_OFFSET 5u
#define TM_SLOT_HEAD_FLAGS_BYTES 1u
#define TM_SLOT_HEAD_MANIFEST_LENGTH_OFFSET 6u
#define TM_SLOT_HEAD_MANIFEST_LENGTH_BYTES 2u
#define TM_SLOT_HEAD_AUTHENTICATION_LENGTH_OFFSET 8u
#define TM_SLOT_HEAD_AUTHENTICATION_LENGTH_BYTES 2u
#define TM_SLOT_HEAD_RESERVED_OFFSET 10u
#define TM_SLOT_HEAD_RESERVED_BYTES 2u
#define TM_SLOT_HEAD_IMAGE_SIZE_OFFSET 12u
#define TM_SLOT_HEAD_IMAGE_SIZE_BYTES 4u
#define TM_SLOT_HEAD_SECURITY_VERSION_OFFSET 16u
#define TM_SLOT_HEAD_SECURITY_VERSION_BYTES 4u
#define TM_SLOT_HEAD_SEQUENCE_NUMBER_OFFSET 20u
#define TM_SLOT_HEAD_SEQUENCE_NUMBER_BYTES 8u
#define TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET 28u
#define TM_SLOT_HEAD_ROOT_PUBLIC_KEY_BYTES 33u
#define TM_SLOT_HEAD_PADDING_OFFSET 61u
#define TM_SLOT_HEAD_PADDING_BYTES 3u
#define TM_SLOT_HEAD_ROOT_HASH_OFFSET 64u
#define TM_SLOT_HEAD_ROOT_HASH_BYTES 32u
#define TM_SLOT_HEAD_RECEIPT_OFFSET 96u
#define TM_SLOT_HEAD_RECEIPT_BYTES 32u
_Static_assert(TM_SLOT_HEAD_RECEIPT_OFFSET + TM_SLOT_HEAD_RECEIPT_BYTES == TM_SLOT_HEAD_BYTES, "SLOT_HEAD");

// -- layout bootRecord
#define TM_BOOT_RECORD_BYTES 64u
#define TM_BOOT_RECORD_MAGIC "TMBR"
#define TM_BOOT_RECORD_MAGIC_OFFSET 0u
#define TM_BOOT_RECORD_MAGIC_BYTES 4u
#define TM_BOOT_RECORD_SEQUENCE_OFFSET 4u
#define TM_BOOT_RECORD_SEQUENCE_BYTES 4u
#define TM_BOOT_RECORD_SLOT_OFFSET 8u
#define TM_BOOT_RECORD_SLOT_BYTES 1u
#define TM_BOOT_RECORD_STATE_OFFSET 9u
#define TM_BOOT_RECORD_STATE_BYTES 1u
#define TM_BOOT_RECORD_PREVIOUS_SLOT_OFFSET 10u
#define TM_BOOT_RECORD_PREVIOUS_SLOT_BYTES 1u
#define TM_BOOT_RECORD_REVERTS_OFFSET 11u
#define TM_BOOT_RECORD_REVERTS_BYTES 1u
#define TM_BOOT_RECORD_MANIFEST_DIGEST_OFFSET 12u
#define TM_BOOT_RECORD_MANIFEST_DIGEST_BYTES 32u
#define TM_BOOT_RECORD_RESERVED_OFFSET 44u
#define TM_BOOT_RECORD_RESERVED_BYTES 16u
#define TM_BOOT_RECORD_CRC32_OFFSET 60u
#define TM_BOOT_RECORD_CRC32_BYTES 4u
_Static_assert(TM_BOOT_RECORD_CRC32_OFFSET + TM_BOOT_RECORD_CRC32_BYTES == TM_BOOT_RECORD_BYTES, "BOOT_RECORD");

// -- flash virt, bytes
#define TM_FLASH_VIRT_BASE 0x20000000u
#define TM_FLASH_VIRT_ERASE_BYTES 0x40000u
#define TM_FLASH_VIRT_PROGRAM_BYTES 4u
#define TM_FLASH_VIRT_TOTAL_BYTES 0x2000000u
#define TM_FLASH_VIRT_ONE_TIME_BASE 0x22000000u
#define TM_FLASH_VIRT_RAM_BASE 0x80000000u
#define TM_FLASH_VIRT_IMAGE_BYTES 0x40000u
#define TM_FLASH_VIRT_RAM_APP_END 0x80060000u
#define TM_FLASH_VIRT_RAM_BYTES 0x800000u
#define TM_FLASH_VIRT_BOOTLOADER_OFFSET 0u
#define TM_FLASH_VIRT_BOOTLOADER_BYTES 0x40000u
#define TM_FLASH_VIRT_BOOTLOADER { TM_FLASH_VIRT_BOOTLOADER_OFFSET, TM_FLASH_VIRT_BOOTLOADER_BYTES }
#define TM_FLASH_VIRT_BOOT_RECORD0_OFFSET 0x40000u
#define TM_FLASH_VIRT_BOOT_RECORD0_BYTES 0x40000u
#define TM_FLASH_VIRT_BOOT_RECORD0 { TM_FLASH_VIRT_BOOT_RECORD0_OFFSET, TM_FLASH_VIRT_BOOT_RECORD0_BYTES }
#define TM_FLASH_VIRT_BOOT_RECORD1_OFFSET 0x80000u
#define TM_FLASH_VIRT_BOOT_RECORD1_BYTES 0x40000u
#define TM_FLASH_VIRT_BOOT_RECORD1 { TM_FLASH_VIRT_BOOT_RECORD1_OFFSET, TM_FLASH_VIRT_BOOT_RECORD1_BYTES }
#define TM_FLASH_VIRT_IDENTITY0_OFFSET 0xc0000u
#define TM_FLASH_VIRT_IDENTITY0_BYTES 0x40000u
#define TM_FLASH_VIRT_IDENTITY0 { TM_FLASH_VIRT_IDENTITY0_OFFSET, TM_FLASH_VIRT_IDENTITY0_BYTES }
#define TM_FLASH_VIRT_IDENTITY1_OFFSET 0x100000u
#define TM_FLASH_VIRT_IDENTITY1_BYTES 0x40000u
#define TM_FLASH_VIRT_IDENTITY1 { TM_FLASH_VIRT_IDENTITY1_OFFSET, TM_FLASH_VIRT_IDENTITY1_BYTES }
#define TM_FLASH_VIRT_MOVING0_OFFSET 0x140000u
#define TM_FLASH_VIRT_MOVING0_BYTES 0x40000u
#define TM_FLASH_VIRT_MOVING0 { TM_FLASH_VIRT_MOVING0_OFFSET, TM_FLASH_VIRT_MOVING0_BYTES }
#define TM_FLASH_VIRT_MOVING1_OFFSET 0x180000u
#define TM_FLASH_VIRT_MOVING1_BYTES 0x40000u
#define TM_FLASH_VIRT_MOVING1 { TM_FLASH_VIRT_MOVING1_OFFSET, TM_FLASH_VIRT_MOVING1_BYTES }
#define TM_FLASH_VIRT_STAGING_OFFSET 0x1c0000u
#define TM_FLASH_VIRT_STAGING_BYTES 0x40000u
#define TM_FLASH_VIRT_STAGING { TM_FLASH_VIRT_STAGING_OFFSET, TM_FLASH_VIRT_STAGING_BYTES }
#define TM_FLASH_VIRT_SLOT_A_HEAD_OFFSET 0x200000u
#define TM_FLASH_VIRT_SLOT_A_HEAD_BYTES 0x40000u
#define TM_FLASH_VIRT_SLOT_A_HEAD { TM_FLASH_VIRT_SLOT_A_HEAD_OFFSET, TM_FLASH_VIRT_SLOT_A_HEAD_BYTES }
#define TM_FLASH_VIRT_SLOT_A_IMAGE_OFFSET 0x240000u
#define TM_FLASH_VIRT_SLOT_A_IMAGE_BYTES 0x40000u
#define TM_FLASH_VIRT_SLOT_A_IMAGE { TM_FLASH_VIRT_SLOT_A_IMAGE_OFFSET, TM_FLASH_VIRT_SLOT_A_IMAGE_BYTES }
#define TM_FLASH_VIRT_SLOT_B_HEAD_OFFSET 0x280000u
#define TM_FLASH_VIRT_SLOT_B_HEAD_BYTES 0x40000u
#define TM_FLASH_VIRT_SLOT_B_HEAD { TM_FLASH_VIRT_SLOT_B_HEAD_OFFSET, TM_FLASH_VIRT_SLOT_B_HEAD_BYTES }
#define TM_FLASH_VIRT_SLOT_B_IMAGE_OFFSET 0x2c0000u
#define TM_FLASH_VIRT_SLOT_B_IMAGE_BYTES 0x40000u
#define TM_FLASH_VIRT_SLOT_B_IMAGE { TM_FLASH_VIRT_SLOT_B_IMAGE_OFFSET, TM_FLASH_VIRT_SLOT_B_IMAGE_BYTES }
#define TM_FLASH_VIRT_PROGRESS_OFFSET 0x300000u
#define TM_FLASH_VIRT_PROGRESS_BYTES 0x40000u
#define TM_FLASH_VIRT_PROGRESS { TM_FLASH_VIRT_PROGRESS_OFFSET, TM_FLASH_VIRT_PROGRESS_BYTES }

// -- flash esp32c3, bytes
#define TM_FLASH_ESP32C3_BASE 0u
#define TM_FLASH_ESP32C3_ERASE_BYTES 4096u
#define TM_FLASH_ESP32C3_PROGRAM_BYTES 4u
#define TM_FLASH_ESP32C3_TOTAL_BYTES 0x400000u
#define TM_FLASH_ESP32C3_RAM_BASE 0x3fc80000u
#define TM_FLASH_ESP32C3_IMAGE_BYTES 0x40000u
#define TM_FLASH_ESP32C3_RAM_APP_END 0x3fcc0000u
#define TM_FLASH_ESP32C3_RAM_BYTES 0x50000u
#define TM_FLASH_ESP32C3_BOOTLOADER_OFFSET 0u
#define TM_FLASH_ESP32C3_BOOTLOADER_BYTES 0x10000u
#define TM_FLASH_ESP32C3_BOOTLOADER { TM_FLASH_ESP32C3_BOOTLOADER_OFFSET, TM_FLASH_ESP32C3_BOOTLOADER_BYTES }
#define TM_FLASH_ESP32C3_BOOT_RECORD0_OFFSET 0x10000u
#define TM_FLASH_ESP32C3_BOOT_RECORD0_BYTES 4096u
#define TM_FLASH_ESP32C3_BOOT_RECORD0 { TM_FLASH_ESP32C3_BOOT_RECORD0_OFFSET, TM_FLASH_ESP32C3_BOOT_RECORD0_BYTES }
#define TM_FLASH_ESP32C3_BOOT_RECORD1_OFFSET 0x11000u
#define TM_FLASH_ESP32C3_BOOT_RECORD1_BYTES 4096u
#define TM_FLASH_ESP32C3_BOOT_RECORD1 { TM_FLASH_ESP32C3_BOOT_RECORD1_OFFSET, TM_FLASH_ESP32C3_BOOT_RECORD1_BYTES }
#define TM_FLASH_ESP32C3_IDENTITY0_OFFSET 0x12000u
#define TM_FLASH_ESP32C3_IDENTITY0_BYTES 4096u
#define TM_FLASH_ESP32C3_IDENTITY0 { TM_FLASH_ESP32C3_IDENTITY0_OFFSET, TM_FLASH_ESP32C3_IDENTITY0_BYTES }
#define TM_FLASH_ESP32C3_IDENTITY1_OFFSET 0x13000u
#define TM_FLASH_ESP32C3_IDENTITY1_BYTES 4096u
#define TM_FLASH_ESP32C3_IDENTITY1 { TM_FLASH_ESP32C3_IDENTITY1_OFFSET, TM_FLASH_ESP32C3_IDENTITY1_BYTES }
#define TM_FLASH_ESP32C3_MOVING0_OFFSET 0x14000u
#define TM_FLASH_ESP32C3_MOVING0_BYTES 4096u
#define TM_FLASH_ESP32C3_MOVING0 { TM_FLASH_ESP32C3_MOVING0_OFFSET, TM_FLASH_ESP32C3_MOVING0_BYTES }
#define TM_FLASH_ESP32C3_MOVING1_OFFSET 0x15000u
#define TM_FLASH_ESP32C3_MOVING1_BYTES 4096u
#define TM_FLASH_ESP32C3_MOVING1 { TM_FLASH_ESP32C3_MOVING1_OFFSET, TM_FLASH_ESP32C3_MOVING1_BYTES }
#define TM_FLASH_ESP32C3_STAGING_OFFSET 0x16000u
#define TM_FLASH_ESP32C3_STAGING_BYTES 32768u
#define TM_FLASH_ESP32C3_STAGING { TM_FLASH_ESP32C3_STAGING_OFFSET, TM_FLASH_ESP32C3_STAGING_BYTES }
#define TM_FLASH_ESP32C3_PROGRESS_OFFSET 0x1e000u
#define TM_FLASH_ESP32C3_PROGRESS_BYTES 4096u
#define TM_FLASH_ESP32C3_PROGRESS { TM_FLASH_ESP32C3_PROGRESS_OFFSET, TM_FLASH_ESP32C3_PROGRESS_BYTES }
#define TM_FLASH_ESP32C3_SLOT_A_HEAD_OFFSET 0x20000u
#define TM_FLASH_ESP32C3_SLOT_A_HEAD_BYTES 4096u
#define TM_FLASH_ESP32C3_SLOT_A_HEAD { TM_FLASH_ESP32C3_SLOT_A_HEAD_OFFSET, TM_FLASH_ESP32C3_SLOT_A_HEAD_BYTES }
#define TM_FLASH_ESP32C3_SLOT_A_IMAGE_OFFSET 0x21000u
#define TM_FLASH_ESP32C3_SLOT_A_IMAGE_BYTES 0x40000u
#define TM_FLASH_ESP32C3_SLOT_A_IMAGE { TM_FLASH_ESP32C3_SLOT_A_IMAGE_OFFSET, TM_FLASH_ESP32C3_SLOT_A_IMAGE_BYTES }
#define TM_FLASH_ESP32C3_SLOT_B_HEAD_OFFSET 0x70000u
#define TM_FLASH_ESP32C3_SLOT_B_HEAD_BYTES 4096u
#define TM_FLASH_ESP32C3_SLOT_B_HEAD { TM_FLASH_ESP32C3_SLOT_B_HEAD_OFFSET, TM_FLASH_ESP32C3_SLOT_B_HEAD_BYTES }
#define TM_FLASH_ESP32C3_SLOT_B_IMAGE_OFFSET 0x71000u
#define TM_FLASH_ESP32C3_SLOT_B_IMAGE_BYTES 0x40000u
#define TM_FLASH_ESP32C3_SLOT_B_IMAGE { TM_FLASH_ESP32C3_SLOT_B_IMAGE_OFFSET, TM_FLASH_ESP32C3_SLOT_B_IMAGE_BYTES }

// -- flash host, bytes
#define TM_FLASH_HOST_BASE 0x20000000u
#define TM_FLASH_HOST_ERASE_BYTES 4096u
#define TM_FLASH_HOST_PROGRAM_BYTES 4u
#define TM_FLASH_HOST_TOTAL_BYTES 0x2000000u
#define TM_FLASH_HOST_ONE_TIME_BASE 0x22000000u
#define TM_FLASH_HOST_RAM_BASE 0x80000000u
#define TM_FLASH_HOST_IMAGE_BYTES 0x40000u
#define TM_FLASH_HOST_RAM_APP_END 0x80060000u
#define TM_FLASH_HOST_RAM_BYTES 0x800000u
#define TM_FLASH_HOST_BOOTLOADER_OFFSET 0u
#define TM_FLASH_HOST_BOOTLOADER_BYTES 0x40000u
#define TM_FLASH_HOST_BOOTLOADER { TM_FLASH_HOST_BOOTLOADER_OFFSET, TM_FLASH_HOST_BOOTLOADER_BYTES }
#define TM_FLASH_HOST_BOOT_RECORD0_OFFSET 0x40000u
#define TM_FLASH_HOST_BOOT_RECORD0_BYTES 0x40000u
#define TM_FLASH_HOST_BOOT_RECORD0 { TM_FLASH_HOST_BOOT_RECORD0_OFFSET, TM_FLASH_HOST_BOOT_RECORD0_BYTES }
#define TM_FLASH_HOST_BOOT_RECORD1_OFFSET 0x80000u
#define TM_FLASH_HOST_BOOT_RECORD1_BYTES 0x40000u
#define TM_FLASH_HOST_BOOT_RECORD1 { TM_FLASH_HOST_BOOT_RECORD1_OFFSET, TM_FLASH_HOST_BOOT_RECORD1_BYTES }
#define TM_FLASH_HOST_IDENTITY0_OFFSET 0xc0000u
#define TM_FLASH_HOST_IDENTITY0_BYTES 0x40000u
#define TM_FLASH_HOST_IDENTITY0 { TM_FLASH_HOST_IDENTITY0_OFFSET, TM_FLASH_HOST_IDENTITY0_BYTES }
#define TM_FLASH_HOST_IDENTITY1_OFFSET 0x100000u
#define TM_FLASH_HOST_IDENTITY1_BYTES 0x40000u
#define TM_FLASH_HOST_IDENTITY1 { TM_FLASH_HOST_IDENTITY1_OFFSET, TM_FLASH_HOST_IDENTITY1_BYTES }
#define TM_FLASH_HOST_MOVING0_OFFSET 0x140000u
#define TM_FLASH_HOST_MOVING0_BYTES 0x40000u
#define TM_FLASH_HOST_MOVING0 { TM_FLASH_HOST_MOVING0_OFFSET, TM_FLASH_HOST_MOVING0_BYTES }
#define TM_FLASH_HOST_MOVING1_OFFSET 0x180000u
#define TM_FLASH_HOST_MOVING1_BYTES 0x40000u
#define TM_FLASH_HOST_MOVING1 { TM_FLASH_HOST_MOVING1_OFFSET, TM_FLASH_HOST_MOVING1_BYTES }
#define TM_FLASH_HOST_STAGING_OFFSET 0x1c0000u
#define TM_FLASH_HOST_STAGING_BYTES 0x40000u
#define TM_FLASH_HOST_STAGING { TM_FLASH_HOST_STAGING_OFFSET, TM_FLASH_HOST_STAGING_BYTES }
#define TM_FLASH_HOST_SLOT_A_HEAD_OFFSET 0x200000u
#define TM_FLASH_HOST_SLOT_A_HEAD_BYTES 0x40000u
#define TM_FLASH_HOST_SLOT_A_HEAD { TM_FLASH_HOST_SLOT_A_HEAD_OFFSET, TM_FLASH_HOST_SLOT_A_HEAD_BYTES }
#define TM_FLASH_HOST_SLOT_A_IMAGE_OFFSET 0x240000u
#define TM_FLASH_HOST_SLOT_A_IMAGE_BYTES 0x40000u
#define TM_FLASH_HOST_SLOT_A_IMAGE { TM_FLASH_HOST_SLOT_A_IMAGE_OFFSET, TM_FLASH_HOST_SLOT_A_IMAGE_BYTES }
#define TM_FLASH_HOST_SLOT_B_HEAD_OFFSET 0x280000u
#define TM_FLASH_HOST_SLOT_B_HEAD_BYTES 0x40000u
#define TM_FLASH_HOST_SLOT_B_HEAD { TM_FLASH_HOST_SLOT_B_HEAD_OFFSET, TM_FLASH_HOST_SLOT_B_HEAD_BYTES }
#define TM_FLASH_HOST_SLOT_B_IMAGE_OFFSET 0x2c0000u
#define TM_FLASH_HOST_SLOT_B_IMAGE_BYTES 0x40000u
#define TM_FLASH_HOST_SLOT_B_IMAGE { TM_FLASH_HOST_SLOT_B_IMAGE_OFFSET, TM_FLASH_HOST_SLOT_B_IMAGE_BYTES }
#define TM_FLASH_HOST_PROGRESS_OFFSET 0x300000u
#define TM_FLASH_HOST_PROGRESS_BYTES 0x40000u
#define TM_FLASH_HOST_PROGRESS { TM_FLASH_HOST_PROGRESS_OFFSET, TM_FLASH_HOST_PROGRESS_BYTES }

#endif
