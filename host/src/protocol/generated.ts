// SPDX-License-Identifier: Apache-2.0
// Written by protocol/generate.ts from protocol/protocol.json: edit that.

/** Outcomes of the device. The same names stand in C. */
export const deviceErrors = {
  CBOR_MALFORMED: {
    code: 16,
    text: "not well-formed CBOR within its bounds",
    remedy: "rebuild the message with a current host"
  },
  CBOR_NOT_DETERMINISTIC: {
    code: 17,
    text: "CBOR that is not in deterministic form",
    remedy: "rebuild the message with a current host"
  },
  CBOR_TOO_DEEP: {
    code: 18,
    text: "CBOR nested deeper than 8",
    remedy: "rebuild the message with a current host"
  },
  MESSAGE_FIELD: {
    code: 19,
    text: "a field of the request is missing, of the wrong type or out of range",
    remedy: "see protocol/serial.md for the request"
  },
  MESSAGE_TOO_LARGE: {
    code: 20,
    text: "the request does not fit its buffer",
    remedy: "send smaller chunks; ask parameters for buf_size"
  },
  COMMAND_UNKNOWN: {
    code: 21,
    text: "no such command",
    remedy: "see protocol/serial.md"
  },
  BUSY: {
    code: 22,
    text: "another operation is under way",
    remedy: "wait and try again"
  },
  CHUNK_DIGEST: {
    code: 23,
    text: "the chunks do not hash to the announced digest",
    remedy: "send the object again from offset 0"
  },
  ENVELOPE_MALFORMED: {
    code: 32,
    text: "the bundle is not an envelope of the profile",
    remedy: "a .release is still to be proved: touchmark release prove writes the bundle"
  },
  ENVELOPE_TOO_LARGE: {
    code: 33,
    text: "a part in front of the payload is longer than it may be, or all of them are above 32 KiB",
    remedy: "refresh #chain with a smaller proof; sign the release again if the manifest or its signature is too long"
  },
  MANIFEST_DIGEST_MISMATCH: {
    code: 34,
    text: "the manifest does not hash to the digest in its authentication wrapper",
    remedy: "the bundle was altered: fetch it again"
  },
  COSE_MALFORMED: {
    code: 35,
    text: "the authentication block is not COSE_Sign1 in the profile",
    remedy: "sign the release again"
  },
  COSE_ALGORITHM: {
    code: 36,
    text: "the signature algorithm is not ES256K in the protected header",
    remedy: "sign the release again"
  },
  COSE_SIGNATURE: {
    code: 37,
    text: "the OTA signature does not verify",
    remedy: "the manifest or signature was altered, or the certificate is another key's"
  },
  MANIFEST_MALFORMED: {
    code: 38,
    text: "the manifest is not of the profile",
    remedy: "build it with touchmark release build"
  },
  VENDOR_MISMATCH: {
    code: 39,
    text: "the release is for another vendor",
    remedy: "choose this unit's release"
  },
  CLASS_MISMATCH: {
    code: 40,
    text: "the release is for another device class",
    remedy: "choose this unit's release"
  },
  CHAIN_ID_MISMATCH: {
    code: 41,
    text: "the release names another chain",
    remedy: "choose the release of this unit's network"
  },
  BOARD_MISMATCH: {
    code: 42,
    text: "the release names another board or board code",
    remedy: "choose the release of this unit's board, or rotate its trust first"
  },
  MANUFACTURER_MISMATCH: {
    code: 43,
    text: "the release is another manufacturer's",
    remedy: "choose this unit's release"
  },
  PROOF_TYPE_UNKNOWN: {
    code: 44,
    text: "a proof type this firmware does not know",
    remedy: "update through an intermediate release"
  },
  DER_MALFORMED: {
    code: 48,
    text: "not strict DER",
    remedy: "issue the certificate again"
  },
  CERT_PROFILE: {
    code: 49,
    text: "a certificate outside the profile",
    remedy: "issue the certificate again"
  },
  CERT_ALGORITHM: {
    code: 50,
    text: "a certificate with another curve or signature algorithm",
    remedy: "issue the certificate again"
  },
  CERT_SIGNATURE: {
    code: 51,
    text: "a certificate's signature does not verify under its issuer",
    remedy: "use the chain that ends at this unit's root"
  },
  CERT_CRITICAL_EXTENSION: {
    code: 52,
    text: "an unknown critical extension",
    remedy: "issue the certificate again"
  },
  CERT_USAGE: {
    code: 53,
    text: "the certificate may not be used for this",
    remedy: "use a certificate of the right profile"
  },
  CERT_PATH_LENGTH: {
    code: 54,
    text: "the certificate path is longer than allowed",
    remedy: "issue from the root or a line certificate"
  },
  CERT_ISSUER: {
    code: 55,
    text: "the certificate's issuer is not the next certificate's subject",
    remedy: "use the matching chain"
  },
  CERT_NOT_IN_FORCE: {
    code: 56,
    text: "the block's time lies outside the certificate's validity",
    remedy: "issue a new certificate, or prove at a block inside it"
  },
  CERT_MANUFACTURER: {
    code: 57,
    text: "the certificate names another manufacturer or chain",
    remedy: "use this manufacturer's certificates"
  },
  CERT_KEY_MISMATCH: {
    code: 58,
    text: "the certificate does not hold this unit's key",
    remedy: "the cables are swapped: compare the chip ids"
  },
  CERT_MODEL_MISMATCH: {
    code: 59,
    text: "the certificate names another hardware model",
    remedy: "issue for this unit's model"
  },
  CERT_SERIAL: {
    code: 60,
    text: "a certificate serial number that is zero, negative or too long",
    remedy: "issue the certificate again"
  },
  CERT_REVOKED: {
    code: 61,
    text: "the certificate is revoked",
    remedy: "use a certificate that is in force; a unit registered before its line's revocation block stays valid: --chain or --registered-block says so"
  },
  ROOT_MISMATCH: {
    code: 62,
    text: "the root is not the one this unit is pinned to",
    remedy: "use this unit's root, or rotate its trust first"
  },
  PUBLIC_KEY_INVALID: {
    code: 63,
    text: "not a valid secp256k1 point",
    remedy: "use a valid key"
  },
  SIGNATURE_INVALID: {
    code: 64,
    text: "a signature does not verify",
    remedy: "sign again with the right key"
  },
  SIGNATURE_HIGH_S: {
    code: 65,
    text: "a signature with high s",
    remedy: "normalise the signature to low s"
  },
  SIGNATURE_RANGE: {
    code: 66,
    text: "r or s is zero or not below the group order",
    remedy: "sign again"
  },
  CHAIN_MALFORMED: {
    code: 72,
    text: "the #chain block is not of its form",
    remedy: "prove the release again; touchmark release prove --notice writes the block alone, for device notice"
  },
  TRUST_STATEMENT_MALFORMED: {
    code: 73,
    text: "a trust statement is not of its form",
    remedy: "make it with touchmark trust rotate"
  },
  TRUST_OLD_HASH: {
    code: 74,
    text: "the trust statement does not start from this unit's trust",
    remedy: "send the statements in order"
  },
  TRUST_SIGNATURES: {
    code: 75,
    text: "the trust statement lacks required signatures",
    remedy: "collect k witnesses and the root, or recovery keys for one of them"
  },
  TRUST_EPOCH: {
    code: 76,
    text: "the trust statement does not raise the epoch",
    remedy: "make it with touchmark trust rotate"
  },
  TRUST_CONSTANT: {
    code: 77,
    text: "the trust statement changes what never changes",
    remedy: "such units cannot be moved: chain, manufacturer, class and recovery keys are burned in"
  },
  TRUST_FLOOR: {
    code: 78,
    text: "the trust statement lowers the floor",
    remedy: "make it with touchmark trust rotate"
  },
  TRUST_BLOCK_MALFORMED: {
    code: 79,
    text: "the trust block is not of its form",
    remedy: "build the factory image again"
  },
  TRUST_INCOMPLETE: {
    code: 80,
    text: "the unit has no root yet",
    remedy: "provision the unit first"
  },
  TRUST_ROOT_NOT_PROVED: {
    code: 81,
    text: "the new root's hash is not proved on chain",
    remedy: "add a root proof"
  },
  HEADER_MALFORMED: {
    code: 88,
    text: "the block header is not RLP of the expected form",
    remedy: "prove the release again"
  },
  WITNESS_QUORUM: {
    code: 89,
    text: "fewer than k distinct witnesses of the current epoch signed this block",
    remedy: "collect more witness signatures"
  },
  WITNESS_SIGNATURE: {
    code: 90,
    text: "a witness signature does not verify",
    remedy: "the header or the signature was altered, or the nonce or epoch is not this unit's"
  },
  WITNESS_INDEX: {
    code: 91,
    text: "a witness index is unknown or repeated",
    remedy: "list each witness once"
  },
  BLOCK_BELOW_FLOOR: {
    code: 92,
    text: "the block is older than one this unit has seen",
    remedy: "refresh #chain at a newer block"
  },
  BLOCK_BELOW_MINIMUM: {
    code: 93,
    text: "the block is older than the release's minBlock",
    remedy: "refresh #chain at a newer block"
  },
  CHALLENGE_REQUIRED: {
    code: 94,
    text: "this step needs a proof over this unit's challenge",
    remedy: "ask for a challenge and prove again"
  },
  CHALLENGE_EXPIRED: {
    code: 95,
    text: "the proof does not answer an outstanding challenge",
    remedy: "ask for a challenge and prove again"
  },
  RLP_MALFORMED: {
    code: 104,
    text: "not strict RLP",
    remedy: "prove the release again"
  },
  PROOF_NODE_HASH: {
    code: 105,
    text: "a proof node does not hash to its parent's reference",
    remedy: "prove the release again"
  },
  PROOF_NODE_MALFORMED: {
    code: 106,
    text: "a proof node is not a branch, extension or leaf in strict form",
    remedy: "prove the release again"
  },
  PROOF_PATH: {
    code: 107,
    text: "the proof's path does not lead to the key",
    remedy: "prove the release again"
  },
  PROOF_TOO_DEEP: {
    code: 108,
    text: "the proof has more nodes than allowed",
    remedy: "prove the release again"
  },
  PROOF_UNUSED_NODE: {
    code: 109,
    text: "the proof holds nodes that it does not need",
    remedy: "prove the release again"
  },
  PROOF_INCOMPLETE: {
    code: 110,
    text: "the proof ends before the key is decided",
    remedy: "prove the release again"
  },
  ACCOUNT_ABSENT: {
    code: 111,
    text: "the board has no account at this block",
    remedy: "wait until the board is deployed and final"
  },
  ACCOUNT_MALFORMED: {
    code: 112,
    text: "the account leaf is not of its form",
    remedy: "prove the release again"
  },
  ACCOUNT_CODE_HASH: {
    code: 113,
    text: "the board's code is not the pinned one",
    remedy: "the proof is of another contract"
  },
  WORD_MALFORMED: {
    code: 114,
    text: "a storage word is not of its layout",
    remedy: "the board is of another version"
  },
  LICENSE_ABSENT: {
    code: 120,
    text: "no license word for this manufacturer",
    remedy: "refresh the board after the license is granted"
  },
  LICENSE_SUSPENDED: {
    code: 121,
    text: "the license is suspended",
    remedy: "ask the licensor to reinstate it"
  },
  LICENSE_REVOKED: {
    code: 122,
    text: "the license is revoked",
    remedy: "no new firmware can be installed under it"
  },
  LICENSE_EXPIRED: {
    code: 123,
    text: "the license has expired at the proved block",
    remedy: "renew and refresh the board, then prove again"
  },
  LICENSE_SUNSET: {
    code: 124,
    text: "under a sunset license only a higher security version installs",
    remedy: "raise the release's security version"
  },
  LICENSE_SIGNER: {
    code: 125,
    text: "the license names another OTA signer",
    remedy: "sign with the key the license names"
  },
  LICENSE_MIN_SECURITY_VERSION: {
    code: 126,
    text: "the release's security version is below the license's minimum",
    remedy: "release with a higher security version"
  },
  RELEASE_NOT_ANNOUNCED: {
    code: 127,
    text: "the release was never announced on chain",
    remedy: "announce it, wait for a witnessed block, prove again"
  },
  RELEASE_WITHDRAWN: {
    code: 128,
    text: "the release was withdrawn",
    remedy: "publish a new release"
  },
  RELEASE_SECURITY_VERSION: {
    code: 129,
    text: "the announced security version is another",
    remedy: "announce the release again under its own digest"
  },
  RELEASE_BLOCK: {
    code: 130,
    text: "the release was announced after the proved block",
    remedy: "prove at a newer block"
  },
  ROOT_ABSENT: {
    code: 131,
    text: "no root word for this manufacturer",
    remedy: "set the root on the board"
  },
  ROOT_WORD_MISMATCH: {
    code: 132,
    text: "the chain names another root certificate",
    remedy: "use the root the board names"
  },
  LICENSE_STATUS_UNKNOWN: {
    code: 133,
    text: "a status number this firmware does not know",
    remedy: "the board is of another version"
  },
  SEQUENCE_ROLLBACK: {
    code: 140,
    text: "the sequence number is lower than the running release's",
    remedy: "build with a higher sequence number"
  },
  SECURITY_VERSION_ROLLBACK: {
    code: 141,
    text: "the security version is below the unit's rollback counter",
    remedy: "this unit can never run it: release with a higher security version"
  },
  IMAGE_SIZE: {
    code: 142,
    text: "the payload's size is not the signed one, or exceeds the slot",
    remedy: "the bundle was altered: fetch it again"
  },
  IMAGE_DIGEST_MISMATCH: {
    code: 143,
    text: "the image does not hash to the signed digest",
    remedy: "the bundle was altered: fetch it again"
  },
  IMAGE_FLASH_MISMATCH: {
    code: 144,
    text: "what stands in flash is not what was received",
    remedy: "the flash is worn or was written by another: try again"
  },
  DELTA_BASE_MISMATCH: {
    code: 145,
    text: "the delta is against another base image",
    remedy: "send the full image"
  },
  DELTA_MALFORMED: {
    code: 146,
    text: "the delta is not of its form or leaves its bounds",
    remedy: "send the full image"
  },
  NO_STAGED_IMAGE: {
    code: 147,
    text: "no image of this digest was staged by the current gate pass",
    remedy: "upload the bundle again"
  },
  TRIAL_RUNNING: {
    code: 148,
    text: "refused while an image is on trial",
    remedy: "confirm it or reset to revert"
  },
  SELF_TEST_PENDING: {
    code: 149,
    text: "the self-test has not passed",
    remedy: "wait for the self-test"
  },
  NOT_SAFE_TO_REBOOT: {
    code: 150,
    text: "the port says it is not safe to reboot now",
    remedy: "try when the vehicle stands still"
  },
  RECEIPT_INVALID: {
    code: 151,
    text: "the slot has no valid receipt of this chip",
    remedy: "install through the gate"
  },
  SLOT_EMPTY: {
    code: 152,
    text: "the slot holds no image",
    remedy: "upload a bundle"
  },
  SLOT_HEAD_MALFORMED: {
    code: 153,
    text: "the slot head is not of its form",
    remedy: "upload the bundle again"
  },
  ENTROPY_FAILED: {
    code: 160,
    text: "the entropy source failed its health test",
    remedy: "no key was made: replace the unit"
  },
  LIFE_STATE: {
    code: 161,
    text: "not allowed in this state of the unit's life",
    remedy: "run touchmark device hello to see the state"
  },
  LOCKED: {
    code: 162,
    text: "the unit is locked",
    remedy: "a locked unit never gets another identity"
  },
  SESSION_MISSING: {
    code: 163,
    text: "no provisioning session is open",
    remedy: "send begin with a nonce first"
  },
  IDENTITY_ABSENT: {
    code: 164,
    text: "the unit has no identity",
    remedy: "provision the unit"
  },
  IDENTITY_FOREIGN: {
    code: 165,
    text: "the identity in flash is wrapped by another chip",
    remedy: "this flash was cloned: the unit has no identity of its own"
  },
  LOCK_NOT_READY: {
    code: 166,
    text: "a condition of lock is not met",
    remedy: "finish enrolment and announce the running release"
  },
  PRESENCE_REQUIRED: {
    code: 167,
    text: "someone has to be present at the unit",
    remedy: "press the unit's button"
  },
  ONE_TIME_MEMORY: {
    code: 168,
    text: "one-time memory is exhausted or reads back otherwise",
    remedy: "replace the unit"
  },
  FLASH_WRITE: {
    code: 169,
    text: "a flash write or erase failed or reads back otherwise",
    remedy: "try again; replace the unit if it persists"
  },
  CHIP_KEY_ABSENT: {
    code: 170,
    text: "the chip has no key of its own",
    remedy: "begin provisioning"
  },
  FRAME_MALFORMED: {
    code: 176,
    text: "a serial frame with a bad length, checksum or base64",
    remedy: "check the cable and the baud rate"
  },
  REGISTRY_ABSENT: {
    code: 180,
    text: "the unit's root names no registry",
    remedy: "issue the root with touchmark ca init --registry; units move to it by a trust statement"
  },
  SIGN_IN_DOMAIN: {
    code: 181,
    text: "the unit does not sign in at this domain",
    remedy: "see signIn in protocol.json"
  },
  INTERNAL: {
    code: 255,
    text: "an invariant of the code does not hold",
    remedy: "report this with the unit's log"
  }
} as const;

/** Outcomes of the host alone. */
export const hostErrors = {
  USAGE: {
    code: 1000,
    text: "the command was called wrongly",
    remedy: "see --help"
  },
  SERIAL_TIMEOUT: {
    code: 1001,
    text: "the unit does not answer",
    remedy: "check the cable, the port and that the unit runs"
  },
  SERIAL_PORT: {
    code: 1002,
    text: "the serial port cannot be opened",
    remedy: "another program may hold it; touchmark doctor says what is there"
  },
  SMP_ERROR: {
    code: 1003,
    text: "the unit answered with an SMP error",
    remedy: "see the code"
  },
  WRONG_UNIT: {
    code: 1004,
    text: "another unit answers on this port",
    remedy: "the cables are swapped: compare the chip ids"
  },
  SERIAL_GONE: {
    code: 1005,
    text: "the unit was unplugged",
    remedy: "plug it in and run the command again: it goes on where it stopped"
  },
  RELEASE_REVERTED: {
    code: 1006,
    text: "the unit came back on another release",
    remedy: "the trial was reverted: look at the release, then upload it again"
  },
  TRUST_FOREIGN: {
    code: 1007,
    text: "the unit trusts others than the factory image says",
    remedy: "stop and look: its flash, or the image it was flashed with, was written by somebody else; flash the unit again"
  },
  CSR_NOT_DER: {
    code: 1020,
    text: "the CSR does not re-encode to the same bytes",
    remedy: "birth the unit again with current firmware"
  },
  CSR_SIGNATURE: {
    code: 1021,
    text: "the CSR is not signed by the key it carries",
    remedy: "someone on the wire replaced the key: stop and look"
  },
  CSR_BINDING: {
    code: 1022,
    text: "the CSR does not bind this session's nonce, chip id and firmware",
    remedy: "firmwareDigest alone: the unit runs another release than --release, name that one or flash the unit again; anything else: someone on the wire replaced the CSR, stop and look"
  },
  ADDRESS_TAKEN: {
    code: 1023,
    text: "the address belongs to another chip",
    remedy: "stop and look: two units with one key"
  },
  SERIAL_TAKEN: {
    code: 1024,
    text: "the serial number belongs to another unit",
    remedy: "give the unit its own serial number"
  },
  LINE_EXHAUSTED: {
    code: 1025,
    text: "the line certificate's cap of units is reached",
    remedy: "issue a new line certificate"
  },
  KEY_REFUSED: {
    code: 1026,
    text: "the key may not be used here",
    remedy: "see the reason: fake keys are for tests alone, key files need 600,000 rounds and a passphrase of 12 bytes"
  },
  KEY_LOCKED: {
    code: 1027,
    text: "the key cannot be opened",
    remedy: "check the passphrase or the token"
  },
  LEDGER_CONFLICT: {
    code: 1028,
    text: "the ledger holds another record for this",
    remedy: "see which; a unit's history: touchmark station unit; the certificates: touchmark ca status"
  },
  MODEL_NOT_CERTIFIED: {
    code: 1029,
    text: "the hardware model has no certificate in force",
    remedy: "ask the licensor for one"
  },
  LEDGER_FIELD: {
    code: 1030,
    text: "a value that the ledger does not take",
    remedy: "correct the value"
  },
  CRL_STALE: {
    code: 1031,
    text: "the revocation list is past its next update",
    remedy: "publish a new one with touchmark ca revoke --refresh"
  },
  CHAIN_UNREACHABLE: {
    code: 1040,
    text: "the RPC does not answer",
    remedy: "check the URL and the network"
  },
  CHAIN_WRONG: {
    code: 1041,
    text: "the RPC serves another chain",
    remedy: "check the URL"
  },
  CHAIN_DISAGREES: {
    code: 1042,
    text: "two RPCs disagree",
    remedy: "wait, or find out which one lies"
  },
  TRANSACTION_REVERTED: {
    code: 1043,
    text: "the transaction reverted",
    remedy: "see the error, what it means, and the hint where there is one"
  },
  TRANSACTION_LOST: {
    code: 1044,
    text: "the transaction was dropped or replaced",
    remedy: "run the command again: the journal goes on where it stopped"
  },
  REGISTRATION_MISMATCH: {
    code: 1045,
    text: "the registry's row is not the key in the chip",
    remedy: "stop and look: see touchmark registry check"
  },
  PREFLIGHT: {
    code: 1046,
    text: "the chain would refuse this",
    remedy: "see what is missing"
  },
  BUNDLE_REFUSED: {
    code: 1047,
    text: "the unit would refuse this bundle",
    remedy: "see the code; --even-if-refused writes it for drills"
  },
  WITNESS_EQUIVOCATION: {
    code: 1048,
    text: "another hash was signed for this block number",
    remedy: "the node reorganised past finality or lies: look at its blocks; the number is skipped"
  },
  WITNESSES_DISAGREE: {
    code: 1049,
    text: "fewer than k witnesses vouch for the same block",
    remedy: "wait for the next block that they choose, or see who is down or apart"
  },
  NO_ELIGIBLE_BLOCK: {
    code: 1050,
    text: "no final block of the policy's age and granularity",
    remedy: "wait for one"
  },
  WITNESS_UNREACHABLE: {
    code: 1051,
    text: "the witness service does not answer, or refuses",
    remedy: "see its answer; ask another witness"
  },
  FEE_ABOVE_CAP: {
    code: 1052,
    text: "the network's fees are above the cap",
    remedy: "run the command again later, or with a higher cap: the journal goes on where it stopped"
  },
  CONTRACT_SILENT: {
    code: 1053,
    text: "the contract does not answer as its kind must",
    remedy: "check its address, the chain and the backend"
  },
  EQUIVOCATION_ABSENT: {
    code: 1054,
    text: "the statements accuse nobody",
    remedy: "give two of one witness and one block number, with two hashes"
  },
  NODE_CONTRADICTED: {
    code: 1055,
    text: "the node answers otherwise than the storage of a witnessed block proves",
    remedy: "do not believe this node: ask another one"
  },
  REGISTRATION_NOT_PROVED: {
    code: 1056,
    text: "no block that the witnesses vouch for has the registration yet",
    remedy: "run the command again once they have signed a newer block; if it stays, the node lies"
  },
  WITNESS_LAGS: {
    code: 1057,
    text: "the newest block that the witness could vouch for is older than its max-age",
    remedy: "let its node catch up, or set its clock; max-age 0 is for a chain that makes blocks only when something is sent"
  },
  WITNESS_CLOCK: {
    code: 1058,
    text: "the witness's clock stands behind its chain",
    remedy: "set the clock"
  },
  WITNESS_RECORD_MISSING: {
    code: 1059,
    text: "the witness has no record there",
    remedy: "name the record that the key has always had; for a key that never signed make one with touchmark witness init"
  },
  WITNESS_RECORD_FOREIGN: {
    code: 1075,
    text: "the record is of another witness's key",
    remedy: "name this key's own record"
  },
  ROTATION_UNCHANGED: {
    code: 1076,
    text: "the rotation leads to the trust that it starts from",
    remedy: "plan it again with touchmark trust rotate"
  },
  ROTATION_UNLINKED: {
    code: 1077,
    text: "the statements before do not lead to where this rotation starts",
    remedy: "give --after the file that ends there, or plan from the state of a unit that took it"
  },
  ROTATION_TOO_MANY: {
    code: 1078,
    text: "more trust statements than a unit takes at once",
    remedy: "leave --after out: units that stand further back take the earlier file first"
  },
  MINTING_MALFORMED: {
    code: 1100,
    text: "not a minting record of the profile",
    remedy: "export it again with touchmark station record"
  },
  MINTING_CERTIFICATE: {
    code: 1101,
    text: "the minting record names another line, or another device certificate",
    remedy: "give the record that came with the unit"
  },
  MINTING_SIGNATURE: {
    code: 1102,
    text: "the minting record is not signed by the line that it names",
    remedy: "the record was altered: ask the manufacturer for it"
  },
  MINTING_FIELD: {
    code: 1103,
    text: "a field of the minting record contradicts the unit's certificate",
    remedy: "stop and look: see which one"
  },
  MINTING_TESTS: {
    code: 1104,
    text: "a test that the record owes is missing or was not passed",
    remedy: "do not sell the unit before it has passed ICT and QA"
  },
  MINTING_HASH: {
    code: 1105,
    text: "the minting record does not hash to the published hash, or the IMEI to the record's",
    remedy: "give record, salt and hash of the same unit"
  },
  UNIT_RETIRED: {
    code: 1106,
    text: "the unit was scrapped or its board replaced: it gets nothing more from this line",
    remedy: "take the board out of the line and destroy it"
  },
  ATTESTATION_MALFORMED: {
    code: 1080,
    text: "not an attestation of the profile",
    remedy: "get a fresh one with touchmark device attest"
  },
  ATTESTATION_PROFILE: {
    code: 1081,
    text: "the attestation names another profile",
    remedy: "use the touchmark that knows it"
  },
  ATTESTATION_NONCE: {
    code: 1082,
    text: "the attestation answers another nonce: it is an old one, or another asker's",
    remedy: "ask the unit itself, with a fresh nonce"
  },
  ATTESTATION_SIGNATURE: {
    code: 1083,
    text: "the attestation is not signed by the certified key",
    remedy: "the token was altered, or this is not the unit that it claims to be"
  },
  ATTESTATION_CLAIM: {
    code: 1084,
    text: "a claim contradicts the unit's certificate",
    remedy: "stop and look: see which one"
  },
  ATTESTATION_CERTIFICATE: {
    code: 1085,
    text: "the attestation names another device certificate",
    remedy: "give the certificates that came with it"
  },
  UNIT_NOT_LOCKED: {
    code: 1086,
    text: "the unit is not locked: it was never finished",
    remedy: "finish it at its station"
  },
  UNIT_DEBUG_OPEN: {
    code: 1087,
    text: "the unit's debug port is open",
    remedy: "replace the unit: anyone can read and change it"
  },
  UNIT_NOT_REGISTERED: {
    code: 1088,
    text: "no node on chain has the unit's address",
    remedy: "register it; registry check on the batch's file says what became of a unit of a batch root; else stop and look: the key was replaced on chain"
  },
  SIGNATURE_ABSENT: {
    code: 1112,
    text: "the unit has to sign this first",
    remedy: "run the line under sign at the unit, then this command again with what stands under bring"
  },
  UNIT_REVOKED: {
    code: 1089,
    text: "the unit was scrapped: its node on chain is revoked",
    remedy: "do not use it"
  },
  ESP_IMAGE_MALFORMED: {
    code: 1090,
    text: "not an ESP image of the profile",
    remedy: "build it again with make -C firmware esp32c3"
  },
  ESP_IMAGE_CHIP: {
    code: 1091,
    text: "the ESP image is for another chip",
    remedy: "build it for the ESP32-C3"
  },
  ESP_IMAGE_SEGMENT: {
    code: 1092,
    text: "a segment of the ESP image does not go to RAM that the mask ROM leaves free, or to another's, or none holds the entry",
    remedy: "see the linker script"
  },
  ESP_IMAGE_CHECKSUM: {
    code: 1093,
    text: "the ESP image's checksum is wrong: the mask ROM would not start it",
    remedy: "build it again"
  },
  ESP_IMAGE_DIGEST: {
    code: 1094,
    text: "the ESP image's appended digest is wrong",
    remedy: "build it again"
  },
  CHIP_WRONG: {
    code: 1095,
    text: "another kind of chip answers, or its flash is too small",
    remedy: "plug in an ESP32-C3 with 4 MiB of flash"
  },
  CHIP_LOCKED: {
    code: 1096,
    text: "the unit is locked: nothing is written to it past its own gate",
    remedy: "update it with touchmark device update"
  },
  ROM_LOADER: {
    code: 1097,
    text: "the chip's loader does not answer as it must",
    remedy: "hold BOOT while you press RESET, then run the command again"
  },
  FLASH_MISMATCH: {
    code: 1098,
    text: "the flash reads back otherwise",
    remedy: "run the command again; if it stays, replace the board"
  },
  ESP_IMAGE_SIGNATURE: {
    code: 1110,
    text: "the bootloader has no signature that the mask ROM's secure boot takes, or of another key than the chip's",
    remedy: "make the factory image with --secure-boot-key"
  },
  FACTORY_IMAGE: {
    code: 1111,
    text: "not a factory image of this port",
    remedy: "make it with touchmark release factory, from bootloader and app built for this port"
  },
  FUSE_MISMATCH: {
    code: 1099,
    text: "fuses read otherwise than planned or journalled",
    remedy: "stop and look: the chip is not the one that was planned for, or a burn failed"
  },
  TOOL_MISSING: {
    code: 1060,
    text: "a program or library is missing",
    remedy: "run scripts/bootstrap"
  },
  FILE_MISSING: {
    code: 1061,
    text: "a file is missing or unreadable",
    remedy: "check the path"
  },
  FILE_EXISTS: {
    code: 1063,
    text: "a file is already there",
    remedy: "choose another path, or move the file away"
  },
  FILE_MALFORMED: {
    code: 1064,
    text: "a file is not of its form",
    remedy: "give the file that the option asks for"
  },
  FILE_BUSY: {
    code: 1065,
    text: "another process holds the file",
    remedy: "let it end, or end it, then run the command again"
  },
  FILE_READ_ONLY: {
    code: 1066,
    text: "the file, or its folder, cannot be written",
    remedy: "give this user the right to write there, or choose another place"
  },
  DISK_FULL: {
    code: 1067,
    text: "the disk is full, or fails",
    remedy: "make room, or replace the disk, then run the command again"
  },
  FILE_DAMAGED: {
    code: 1068,
    text: "the file is damaged",
    remedy: "put it aside, with the files whose names begin with its own, and restore the last backup"
  },
  FILE_VERSION: {
    code: 1069,
    text: "another version of touchmark wrote the file",
    remedy: "use that version"
  },
  INTERRUPTED: {
    code: 1062,
    text: "stopped by the user",
    remedy: "run the command again to go on"
  }
} as const;

export type DeviceErrorName = keyof typeof deviceErrors;
export type HostErrorName = keyof typeof hostErrors;
export type ErrorName = DeviceErrorName | HostErrorName;

/** protocol.json: limits. */
export const limits = {
  bundleStagingBytes: 32768,
  authenticationBytes: 1536,
  manifestBytes: 1024,
  certificateBytes: 1024,
  csrBytes: 768,
  headerBytes: 12288,
  headerFieldsMin: 16,
  headerFieldsMax: 40,
  trieNodeBytes: 544,
  trieDepth: 24,
  trustStatements: 4,
  statementSignatures: 11,
  keysInTrustBlock: 10,
  witnessesMax: 7,
  recoveryMax: 5,
  floorStep: 16777216,
  challengeSeconds: 600,
  cborDepth: 8,
  cborItems: 256,
  imageBytes: 262144,
  hardwareModelBytes: 32,
  mintingRecordBytes: 1024,
  serialBytes: 32,
  rollbackMirror: 16,
  versionBytes: 16,
  progressStride: 4096,
  transactionGas: 16777216,
  sequenceBits: 53,
  lineUnits: 1000000,
  attestationBytes: 4096,
  signInNonceMin: 8,
  signInNonceMax: 64,
  signInClientBytes: 63
} as const;

/** protocol.json: smp. */
export const smp = {
  headerBytes: 8,
  lineBytes: 127,
  packetBytes: 2048,
  bufferCount: 5,
  partialPacketTimeoutMs: 2000,
  op: {
    read: 0,
    readResponse: 1,
    write: 2,
    writeResponse: 3
  },
  rc: {
    ok: 0,
    unknown: 1,
    noMemory: 2,
    invalid: 3,
    timeout: 4,
    noEntry: 5,
    badState: 6,
    tooLarge: 7,
    notSupported: 8,
    corrupt: 9,
    busy: 10,
    accessDenied: 11,
    perUser: 256
  },
  group: {
    os: 0,
    image: 1,
    touchmark: 64
  },
  os: {
    echo: 0,
    reset: 5,
    parameters: 6,
    info: 7,
    bootloaderInfo: 8
  },
  image: {
    state: 0,
    upload: 1,
    erase: 5,
    slotInfo: 6
  },
  touchmark: {
    hello: 0,
    begin: 1,
    csr: 2,
    enroll: 3,
    verify: 4,
    lock: 5,
    notice: 6,
    rotate: 7,
    attest: 8,
    signIn: 9,
    claim: 10,
    pair: 11,
    unpair: 12,
    state: 13,
    challenge: 14,
    counters: 15,
    certificate: 16
  }
} as const;

/** protocol.json: life. */
export const life = {
  blank: 0,
  born: 1,
  enrolled: 2,
  locked: 3
} as const;

/** protocol.json: bootState. */
export const bootState = {
  confirmed: 1,
  pending: 2,
  trial: 3
} as const;

/** protocol.json: cose. */
export const cose = {
  alg: {
    es256k: -47
  },
  header: {
    alg: 1,
    crit: 2,
    contentType: 3,
    typ: 16,
    x5chain: 33,
    x5t: 34
  },
  tagSign1: 18,
  tagCwt: 61,
  tagSuitEnvelope: 107,
  digestSha256: -16
} as const;

/** protocol.json: eat. */
export const eat = {
  contentFormat: 263,
  ueidRand: 1,
  versionSchemeSemver: 16384,
  dbgstat: {
    enabled: 0,
    disabledPermanently: 3
  },
  claim: {
    nonce: 10,
    ueid: 256,
    oemid: 258,
    hwmodel: 259,
    oemboot: 262,
    dbgstat: 263,
    profile: 265,
    swversion: 271,
    chip: -65537,
    life: -65538,
    boot: -65539,
    slot: -65540,
    manifestDigest: -65541,
    imageDigest: -65542,
    securityVersion: -65543,
    trustHash: -65544,
    floor: -65545,
    rollback: -65546,
    claims: -65547,
    pairs: -65548
  },
  boot: {
    confirmed: 0,
    trial: 1,
    reverted: 2,
    fallback: 3
  }
} as const;

/** protocol.json: mintingRecord. */
export const mintingRecord = {
  layout: 1,
  field: {
    layout: 1,
    chainId: 2,
    manufacturerId: 3,
    manufacturer: 4,
    model: 5,
    serial: 6,
    chip: 7,
    address: 8,
    certificate: 9,
    firmware: 10,
    date: 11,
    tests: 12,
    imei: 13
  },
  test: {
    ict: 1,
    qa: 2
  }
} as const;

/** protocol.json: signIn. */
export const signIn = {
  domain: {
    dimo: "auth.dimo.zone",
    dimoDev: "auth.dev.dimo.zone"
  },
  chainId: 1
} as const;

/** protocol.json: suit. */
export const suit = {
  draft: "draft-ietf-suit-manifest-34",
  envelope: {
    authenticationWrapper: 2,
    manifest: 3
  },
  manifest: {
    version: 1,
    sequenceNumber: 2,
    common: 3,
    validate: 7,
    invoke: 9,
    install: 20
  },
  supportedManifestVersion: 1,
  common: {
    components: 2,
    sharedSequence: 4
  },
  command: {
    conditionVendor: 1,
    conditionClass: 2,
    conditionImageMatch: 3,
    overrideParameters: 20,
    fetch: 21,
    invoke: 23,
    conditionTouchmarkLicense: -257
  },
  parameter: {
    vendorId: 1,
    classId: 2,
    imageDigest: 3,
    imageSize: 14,
    uri: 21,
    touchmarkLicense: -257
  },
  reportingPolicy: {
    all: 15,
    failure: 2
  },
  payload: {
    chain: "#chain",
    delta: "#delta",
    firmware: "#firmware"
  },
  componentId: "00",
  licenseBlockLayout: 1,
  proofType: {
    witnessedHeader: 1
  }
} as const;

/** protocol.json: chain. */
export const chain = {
  layout: 1,
  signatureRole: {
    witness: 0,
    root: 1,
    recovery: 2,
    newRoot: 3
  },
  headerField: {
    stateRoot: 3,
    number: 8,
    timestamp: 11
  }
} as const;

/** protocol.json: delta. */
export const delta = {
  layout: 1,
  adaptation: 4,
  numberBits: 5,
  numberWidthMax: 24,
  history: 8
} as const;

/** Enums of the contracts. */
export const enums = {
  life: {
    none: 0,
    applied: 1,
    active: 2,
    suspended: 3,
    sunset: 4,
    renounced: 5,
    revoked: 6,
    refused: 7
  },
  auditKind: {
    hardware: 0,
    security: 1,
    experience: 2
  },
  reason: {
    unspecified: 0,
    qualityAndSecurity: 1,
    support: 2,
    goodFaith: 3,
    lawfulConduct: 4,
    localRules: 5,
    dataRecipients: 6,
    stakeBelowMinimum: 7,
    auditLapsed: 8
  },
  slashState: {
    none: 0,
    proposed: 1,
    contested: 2,
    upheld: 3,
    executed: 4,
    closed: 5
  }
} as const;

/** Words on chain: numbers and byte layouts. */
export const words = {
  layout: 1,
  licenseStatus: {
    active: 1,
    suspended: 2,
    revoked: 3,
    sunset: 4
  },
  releaseStatus: {
    announced: 1,
    withdrawn: 2
  },
  leaseSeconds: 15552000,
  layouts: {
    license: {
      size: 32,
      fields: {
        layout: {
          offset: 0,
          size: 1
        },
        status: {
          offset: 1,
          size: 1
        },
        minSecurityVersion: {
          offset: 2,
          size: 4
        },
        expiry: {
          offset: 6,
          size: 6
        },
        otaSigner: {
          offset: 12,
          size: 20
        }
      }
    },
    release: {
      size: 32,
      fields: {
        layout: {
          offset: 0,
          size: 1
        },
        status: {
          offset: 1,
          size: 1
        },
        securityVersion: {
          offset: 2,
          size: 4
        },
        announcedBlock: {
          offset: 6,
          size: 6
        },
        announcer: {
          offset: 12,
          size: 20
        }
      }
    },
    root: {
      size: 32,
      fields: {
        layout: {
          offset: 0,
          size: 1
        },
        rootHashPrefix: {
          offset: 1,
          size: 31
        }
      }
    }
  }
} as const;

/** Byte layouts: offsets and sizes in bytes, integers big-endian. */
export const layouts = {
  trustBlock: {
    size: 512,
    magic: "TMTB",
    fields: {
      magic: {
        offset: 0,
        size: 4
      },
      layout: {
        offset: 4,
        size: 1
      },
      witnessThreshold: {
        offset: 5,
        size: 1
      },
      witnessCount: {
        offset: 6,
        size: 1
      },
      recoveryThreshold: {
        offset: 7,
        size: 1
      },
      recoveryCount: {
        offset: 8,
        size: 1
      },
      reserved: {
        offset: 9,
        size: 3
      },
      chainId: {
        offset: 12,
        size: 8
      },
      manufacturerId: {
        offset: 20,
        size: 8
      },
      board: {
        offset: 28,
        size: 20
      },
      boardCodeHash: {
        offset: 48,
        size: 32
      },
      vendorId: {
        offset: 80,
        size: 16
      },
      classId: {
        offset: 96,
        size: 16
      },
      rootHash: {
        offset: 112,
        size: 32
      },
      epoch: {
        offset: 144,
        size: 4
      },
      floorNumber: {
        offset: 148,
        size: 8
      },
      floorTimestamp: {
        offset: 156,
        size: 8
      },
      keys: {
        offset: 164,
        size: 330
      },
      padding: {
        offset: 494,
        size: 14
      },
      crc32: {
        offset: 508,
        size: 4
      }
    }
  },
  slotHead: {
    size: 128,
    magic: "TMSH",
    fields: {
      magic: {
        offset: 0,
        size: 4
      },
      layout: {
        offset: 4,
        size: 1
      },
      flags: {
        offset: 5,
        size: 1
      },
      manifestLength: {
        offset: 6,
        size: 2
      },
      authenticationLength: {
        offset: 8,
        size: 2
      },
      reserved: {
        offset: 10,
        size: 2
      },
      imageSize: {
        offset: 12,
        size: 4
      },
      securityVersion: {
        offset: 16,
        size: 4
      },
      sequenceNumber: {
        offset: 20,
        size: 8
      },
      rootPublicKey: {
        offset: 28,
        size: 33
      },
      padding: {
        offset: 61,
        size: 3
      },
      rootHash: {
        offset: 64,
        size: 32
      },
      receipt: {
        offset: 96,
        size: 32
      }
    }
  },
  deltaHeader: {
    size: 44,
    magic: "TMDL",
    fields: {
      magic: {
        offset: 0,
        size: 4
      },
      layout: {
        offset: 4,
        size: 1
      },
      reserved: {
        offset: 5,
        size: 3
      },
      baseSize: {
        offset: 8,
        size: 4
      },
      baseDigest: {
        offset: 12,
        size: 32
      }
    }
  },
  bootRecord: {
    size: 64,
    magic: "TMBR",
    fields: {
      magic: {
        offset: 0,
        size: 4
      },
      sequence: {
        offset: 4,
        size: 4
      },
      slot: {
        offset: 8,
        size: 1
      },
      state: {
        offset: 9,
        size: 1
      },
      previousSlot: {
        offset: 10,
        size: 1
      },
      reverts: {
        offset: 11,
        size: 1
      },
      manifestDigest: {
        offset: 12,
        size: 32
      },
      reserved: {
        offset: 44,
        size: 16
      },
      crc32: {
        offset: 60,
        size: 4
      }
    }
  }
} as const;

/** Flash maps by port: offsets and sizes in bytes. */
export const flash = {
  virt: {
    base: 536870912,
    eraseBytes: 262144,
    programBytes: 4,
    totalBytes: 33554432,
    oneTimeBase: 570425344,
    ramBase: 2147483648,
    imageBytes: 262144,
    ramAppEnd: 2147876864,
    ramBytes: 8388608,
    regions: {
      bootloader: {
        offset: 0,
        size: 262144
      },
      bootRecord0: {
        offset: 262144,
        size: 262144
      },
      bootRecord1: {
        offset: 524288,
        size: 262144
      },
      identity0: {
        offset: 786432,
        size: 262144
      },
      identity1: {
        offset: 1048576,
        size: 262144
      },
      moving0: {
        offset: 1310720,
        size: 262144
      },
      moving1: {
        offset: 1572864,
        size: 262144
      },
      staging: {
        offset: 1835008,
        size: 262144
      },
      slotAHead: {
        offset: 2097152,
        size: 262144
      },
      slotAImage: {
        offset: 2359296,
        size: 262144
      },
      slotBHead: {
        offset: 2621440,
        size: 262144
      },
      slotBImage: {
        offset: 2883584,
        size: 262144
      },
      progress: {
        offset: 3145728,
        size: 262144
      }
    }
  },
  esp32c3: {
    base: 0,
    eraseBytes: 4096,
    programBytes: 4,
    totalBytes: 4194304,
    ramBase: 1070071808,
    imageBytes: 262144,
    ramAppEnd: 1070333952,
    ramBytes: 327680,
    regions: {
      bootloader: {
        offset: 0,
        size: 65536
      },
      bootRecord0: {
        offset: 65536,
        size: 4096
      },
      bootRecord1: {
        offset: 69632,
        size: 4096
      },
      identity0: {
        offset: 73728,
        size: 4096
      },
      identity1: {
        offset: 77824,
        size: 4096
      },
      moving0: {
        offset: 81920,
        size: 4096
      },
      moving1: {
        offset: 86016,
        size: 4096
      },
      staging: {
        offset: 90112,
        size: 32768
      },
      progress: {
        offset: 122880,
        size: 4096
      },
      slotAHead: {
        offset: 131072,
        size: 4096
      },
      slotAImage: {
        offset: 135168,
        size: 262144
      },
      slotBHead: {
        offset: 458752,
        size: 4096
      },
      slotBImage: {
        offset: 462848,
        size: 262144
      }
    }
  },
  host: {
    base: 536870912,
    eraseBytes: 4096,
    programBytes: 4,
    totalBytes: 33554432,
    oneTimeBase: 570425344,
    ramBase: 2147483648,
    imageBytes: 262144,
    ramAppEnd: 2147876864,
    ramBytes: 8388608,
    regions: {
      bootloader: {
        offset: 0,
        size: 262144
      },
      bootRecord0: {
        offset: 262144,
        size: 262144
      },
      bootRecord1: {
        offset: 524288,
        size: 262144
      },
      identity0: {
        offset: 786432,
        size: 262144
      },
      identity1: {
        offset: 1048576,
        size: 262144
      },
      moving0: {
        offset: 1310720,
        size: 262144
      },
      moving1: {
        offset: 1572864,
        size: 262144
      },
      staging: {
        offset: 1835008,
        size: 262144
      },
      slotAHead: {
        offset: 2097152,
        size: 262144
      },
      slotAImage: {
        offset: 2359296,
        size: 262144
      },
      slotBHead: {
        offset: 2621440,
        size: 262144
      },
      slotBImage: {
        offset: 2883584,
        size: 262144
      },
      progress: {
        offset: 3145728,
        size: 262144
      }
    }
  }
} as const;

/** Prefix of every hash and MAC of ours. */
export const domains = {
  trustHash: "touchmark/trust/v1",
  constantHash: "touchmark/constant/v1",
  receipt: "touchmark/receipt/v1",
  identityCell: "touchmark/identity-cell/v1",
  movingCell: "touchmark/moving-cell/v1",
  keyWrap: "touchmark/key-wrap/v1",
  keyWrapTag: "touchmark/key-wrap-tag/v1",
  verify: "touchmark/verify/v1",
  class: "touchmark/class/v1",
  deviceLeaf: "touchmark/device-leaf/v1",
  saltedSerial: "touchmark/salted-serial/v1",
  mintingRecord: "touchmark/minting-record/v1",
  mintingImei: "touchmark/minting-imei/v1",
  ueid: "touchmark/ueid/v1"
} as const;

/** Object identifiers; contents = DER without tag and length, hex. */
export const oids = {
  touchmarkManufacturer: {
    oid: "2.25.129185239003080326156603746238552381085.1",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d01"
  },
  touchmarkOtaPurpose: {
    oid: "2.25.129185239003080326156603746238552381085.2",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d02"
  },
  touchmarkBirth: {
    oid: "2.25.129185239003080326156603746238552381085.3",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d03"
  },
  touchmarkRevocationBlock: {
    oid: "2.25.129185239003080326156603746238552381085.4",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d04"
  },
  touchmarkUnits: {
    oid: "2.25.129185239003080326156603746238552381085.5",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d05"
  },
  touchmarkRegistry: {
    oid: "2.25.129185239003080326156603746238552381085.16",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d10"
  },
  touchmarkAttestation: {
    oid: "2.25.129185239003080326156603746238552381085.17",
    contents: "6981c2b09682a9c78a90e9b09acaad99e0d2ad1d11"
  },
  secp256k1: {
    oid: "1.3.132.0.10",
    contents: "2b8104000a"
  },
  ecPublicKey: {
    oid: "1.2.840.10045.2.1",
    contents: "2a8648ce3d0201"
  },
  ecdsaWithSha256: {
    oid: "1.2.840.10045.4.3.2",
    contents: "2a8648ce3d040302"
  },
  extensionRequest: {
    oid: "1.2.840.113549.1.9.14",
    contents: "2a864886f70d01090e"
  },
  basicConstraints: {
    oid: "2.5.29.19",
    contents: "551d13"
  },
  keyUsage: {
    oid: "2.5.29.15",
    contents: "551d0f"
  },
  extendedKeyUsage: {
    oid: "2.5.29.37",
    contents: "551d25"
  },
  subjectKeyIdentifier: {
    oid: "2.5.29.14",
    contents: "551d0e"
  },
  authorityKeyIdentifier: {
    oid: "2.5.29.35",
    contents: "551d23"
  },
  subjectAltName: {
    oid: "2.5.29.17",
    contents: "551d11"
  },
  commonName: {
    oid: "2.5.4.3",
    contents: "550403"
  },
  serialNumber: {
    oid: "2.5.4.5",
    contents: "550405"
  },
  organizationName: {
    oid: "2.5.4.10",
    contents: "55040a"
  },
  crlNumber: {
    oid: "2.5.29.20",
    contents: "551d14"
  },
  crlReason: {
    oid: "2.5.29.21",
    contents: "551d15"
  }
} as const;

/** ERC-7201 base slots. */
export const slotBases = {
  license: "0x418307fe2b6465f651d8a7f1c7bbe4249606d8f73582e9a334dba0386e6b4e00",
  release: "0x33097d8f277932b55aee26fd2aedf1446626af0b0e1f6e768434a4da5dea5700",
  root: "0xb910ade2f3f03a8e2375926f83923798e4ba96cf7ee4a38256c6c1e5aa248700"
} as const;

/** DeviceRegistry's storage: slots, states, and the packed unit. */
export const registryStorage = {
  slot: {
    _units: 0,
    _infos: 5,
    _resetAddresses: 8,
    _aliases: 9,
    batchCommitment: 13,
    _taken: 14,
    _vehicleOf: 15
  },
  state: {
    absent: 0,
    minted: 1,
    claimed: 2,
    revoked: 3,
    alias: 4
  },
  unit: {
    size: 32,
    fields: {
      unused: {
        offset: 0,
        size: 2
      },
      state: {
        offset: 2,
        size: 1
      },
      nonce: {
        offset: 3,
        size: 4
      },
      manufacturer: {
        offset: 7,
        size: 5
      },
      owner: {
        offset: 12,
        size: 20
      }
    }
  }
} as const;

/** EIP-712 domains. */
export const typedDomains = {
  witnessDomain: {
    name: "Touchmark",
    version: "1",
    fields: [
      "name",
      "version",
      "chainId"
    ],
    typeHash: "0xc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e"
  },
  dimoDomain: {
    name: "DIMO",
    version: "1",
    fields: [
      "name",
      "version",
      "chainId",
      "verifyingContract"
    ],
    typeHash: "0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f"
  },
  touchmarkDomain: {
    name: "Touchmark",
    version: "1",
    fields: [
      "name",
      "version",
      "chainId",
      "verifyingContract"
    ],
    typeHash: "0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f"
  }
} as const;

/** EIP-712 structs. */
export const typedStructs = {
  blockWitness: {
    primaryType: "BlockWitness",
    encodeType: "BlockWitness(uint64 number,bytes32 blockHash,uint64 timestamp,uint32 epoch,bytes32 nonce)",
    typeHash: "0x31976627ee384405d38f0a58a7c94a8dbb0cac8acbfe76e1972b5439b541dd7f",
    fields: [
      {
        name: "number",
        type: "uint64"
      },
      {
        name: "blockHash",
        type: "bytes32"
      },
      {
        name: "timestamp",
        type: "uint64"
      },
      {
        name: "epoch",
        type: "uint32"
      },
      {
        name: "nonce",
        type: "bytes32"
      }
    ]
  },
  trustStatement: {
    primaryType: "TrustStatement",
    encodeType: "TrustStatement(uint64 chainId,uint64 manufacturerId,bytes32 oldTrustHash,bytes32 newTrustHash,uint32 newEpoch,uint64 floorNumber,uint64 floorTimestamp)",
    typeHash: "0x5bfbac0aaebf1a58ac5a547f6977e48e38ecc70508de2c21f6eaae60cb3fe84e",
    fields: [
      {
        name: "chainId",
        type: "uint64"
      },
      {
        name: "manufacturerId",
        type: "uint64"
      },
      {
        name: "oldTrustHash",
        type: "bytes32"
      },
      {
        name: "newTrustHash",
        type: "bytes32"
      },
      {
        name: "newEpoch",
        type: "uint32"
      },
      {
        name: "floorNumber",
        type: "uint64"
      },
      {
        name: "floorTimestamp",
        type: "uint64"
      }
    ]
  },
  claimAftermarketDevice: {
    primaryType: "ClaimAftermarketDeviceSign",
    encodeType: "ClaimAftermarketDeviceSign(uint256 aftermarketDeviceNode,address owner)",
    typeHash: "0xe9c1553360948ae2a8aaa5056ec0959a02b1ace8e17c82131834e17c50221d99",
    fields: [
      {
        name: "aftermarketDeviceNode",
        type: "uint256"
      },
      {
        name: "owner",
        type: "address"
      }
    ]
  },
  pairAftermarketDevice: {
    primaryType: "PairAftermarketDeviceSign",
    encodeType: "PairAftermarketDeviceSign(uint256 aftermarketDeviceNode,uint256 vehicleNode)",
    typeHash: "0x2fc20392fbe0e33f2f54b3485f76af2689a66f0e9ab139988ebc81c81bfb063e",
    fields: [
      {
        name: "aftermarketDeviceNode",
        type: "uint256"
      },
      {
        name: "vehicleNode",
        type: "uint256"
      }
    ]
  },
  claimDevice: {
    primaryType: "ClaimDevice",
    encodeType: "ClaimDevice(uint256 tokenId,address owner,uint256 nonce,uint256 deadline)",
    typeHash: "0x2c07153c021b7b73d46e241f32c90ea5d141f0600db9b884d0970f50c4d3bced",
    fields: [
      {
        name: "tokenId",
        type: "uint256"
      },
      {
        name: "owner",
        type: "address"
      },
      {
        name: "nonce",
        type: "uint256"
      },
      {
        name: "deadline",
        type: "uint256"
      }
    ]
  },
  pairDevice: {
    primaryType: "PairDevice",
    encodeType: "PairDevice(uint256 tokenId,uint256 vehicleId,uint256 nonce,uint256 deadline)",
    typeHash: "0xd3f8c090789b106d8ec1f4866fda232df5a62fc6249af9544f60fe673ed4d3a6",
    fields: [
      {
        name: "tokenId",
        type: "uint256"
      },
      {
        name: "vehicleId",
        type: "uint256"
      },
      {
        name: "nonce",
        type: "uint256"
      },
      {
        name: "deadline",
        type: "uint256"
      }
    ]
  },
  unpairDevice: {
    primaryType: "UnpairDevice",
    encodeType: "UnpairDevice(uint256 tokenId,uint256 vehicleId,uint256 nonce,uint256 deadline)",
    typeHash: "0x030a45f92fcd7c87fc5ac66a9629c19bd44661923a99d655db7e726e99551d61",
    fields: [
      {
        name: "tokenId",
        type: "uint256"
      },
      {
        name: "vehicleId",
        type: "uint256"
      },
      {
        name: "nonce",
        type: "uint256"
      },
      {
        name: "deadline",
        type: "uint256"
      }
    ]
  },
  mouAcceptance: {
    primaryType: "MouAcceptance",
    encodeType: "MouAcceptance(uint256 manufacturerId,address applicant,bytes32 documentHash,uint32 version,uint256 nonce,uint256 deadline)",
    typeHash: "0x2a842dd93fb46d1847bb3d42052addc42a9ec0591a59f6ea90fd8dc2ada4dadb",
    fields: [
      {
        name: "manufacturerId",
        type: "uint256"
      },
      {
        name: "applicant",
        type: "address"
      },
      {
        name: "documentHash",
        type: "bytes32"
      },
      {
        name: "version",
        type: "uint32"
      },
      {
        name: "nonce",
        type: "uint256"
      },
      {
        name: "deadline",
        type: "uint256"
      }
    ]
  }
} as const;
