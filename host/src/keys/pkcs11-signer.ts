// SPDX-License-Identifier: Apache-2.0
// Keys that stay in a PKCS#11 token: only digests go in, only signatures come out.
import type { Handle, PKCS11 } from "pkcs11js";
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { readDer } from "../protocol/der.ts";
import { addressOf, compressPoint, normalizeLowS, verifyDigest } from "../protocol/secp256k1.ts";
import { refuseFakeKey } from "./fake-keys.ts";
import { loadPkcs11Binding, type Pkcs11Binding, Pkcs11Library } from "./pkcs11-library.ts";
import type { Pkcs11Uri } from "./pkcs11-uri.ts";
import type { Signer } from "./signer.ts";

export interface Pkcs11Signer extends Signer, Disposable {
  /** Logs out; it signs no more. */
  close(): void;
}

// DER of 1.3.132.0.10, as CKA_EC_PARAMS holds it.
const SECP256K1 = Buffer.from("06052b8104000a", "hex");

/** @throws TOOL_MISSING (no binding or library), KEY_LOCKED (token, PIN or key), KEY_REFUSED (another curve, fake) */
export async function openPkcs11Key(uri: Pkcs11Uri, pin: string): Promise<Pkcs11Signer> {
  const binding = await loadPkcs11Binding();
  const library = Pkcs11Library.open(binding, uri.modulePath);
  const { module } = library;
  try {
    const session = logIn(binding, module, uri, pin);
    const secretKey = findKey(binding, module, session, uri, binding.CKO_PRIVATE_KEY);
    const publicKey = readPublicKey(binding, module, session, uri);
    refuseFakeKey(publicKey);
    let open = true;
    const close = (): void => {
      if (open) library.release();
      open = false;
    };
    return {
      publicKey,
      address: addressOf(publicKey),
      sign: async (digest) => {
        if (!open) throw new TouchmarkError("KEY_LOCKED", { data: { what: "closed" } });
        return sign(binding, module, session, secretKey, publicKey, digest);
      },
      close,
      [Symbol.dispose]: close,
    };
  } catch (error) {
    library.release();
    throw error;
  }
}

// A token's login holds for the whole process: a second key of it needs none.
function logIn(binding: Pkcs11Binding, module: PKCS11, { token }: Pkcs11Uri, pin: string): Handle {
  const slot = module.C_GetSlotList(true).find((handle) => module.C_GetTokenInfo(handle).label.trimEnd() === token);
  if (!slot) throw new TouchmarkError("KEY_LOCKED", { data: { what: "no such token", token } });
  const session = module.C_OpenSession(slot, binding.CKF_SERIAL_SESSION);
  try {
    module.C_Login(session, binding.CKU_USER, pin);
  } catch (cause) {
    const already = (cause as { code?: unknown }).code === binding.CKR_USER_ALREADY_LOGGED_IN;
    if (!already) throw new TouchmarkError("KEY_LOCKED", { data: { what: "PIN", token }, cause });
  }
  return session;
}

// Two keys of one label would leave to chance which one signs.
function findKey(binding: Pkcs11Binding, module: PKCS11, session: Handle, uri: Pkcs11Uri, kind: number): Handle {
  module.C_FindObjectsInit(session, [
    { type: binding.CKA_CLASS, value: kind },
    { type: binding.CKA_KEY_TYPE, value: binding.CKK_EC },
    { type: binding.CKA_LABEL, value: uri.object },
  ]);
  const [handle, ...more] = module.C_FindObjects(session, 2);
  module.C_FindObjectsFinal(session);
  if (!handle || more.length > 0)
    throw new TouchmarkError("KEY_LOCKED", { data: { what: "not exactly one such key", object: uri.object } });
  return handle;
}

function readPublicKey(binding: Pkcs11Binding, module: PKCS11, session: Handle, uri: Pkcs11Uri): Uint8Array {
  const handle = findKey(binding, module, session, uri, binding.CKO_PUBLIC_KEY);
  const [parameters, point] = module
    .C_GetAttributeValue(session, handle, [{ type: binding.CKA_EC_PARAMS }, { type: binding.CKA_EC_POINT }])
    .map(({ value }) => value);
  if (!parameters || !point || !equalBytes(parameters, SECP256K1))
    throw new TouchmarkError("KEY_REFUSED", { data: { what: "not a secp256k1 key", object: uri.object } });
  return compressPoint(readDer(point, (reader) => reader.octetString()));
}

// Init and sign in one turn of the event loop: a session holds one operation at a time.
function sign(
  binding: Pkcs11Binding,
  module: PKCS11,
  session: Handle,
  secretKey: Handle,
  publicKey: Uint8Array,
  digest: Uint8Array,
): Uint8Array {
  try {
    module.C_SignInit(session, { mechanism: binding.CKM_ECDSA }, secretKey);
    const raw = module.C_Sign(session, Buffer.from(digest), Buffer.alloc(64));
    const signature = normalizeLowS(Uint8Array.from(raw));
    if (verifyDigest(digest, signature, publicKey)) return signature;
  } catch (cause) {
    throw new TouchmarkError("KEY_LOCKED", { data: { what: "the token does not sign" }, cause });
  }
  throw new TouchmarkError("KEY_LOCKED", { data: { what: "the token's two keys are no pair" } });
}
