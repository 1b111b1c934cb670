// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { addressOf } from "../../protocol/secp256k1.ts";
import { modelValidUntil } from "../../registry/model-certificate.ts";
import { findDevice } from "../../registry/register.ts";
import { certifyUnit } from "../certify.ts";
import type { Job } from "../station.ts";

/**
 * The unit's key is born, where there is none yet, and certified; or its certificate is looked up once more.
 * @returns DER of the device certificate
 * @throws WRONG_UNIT, ENTROPY_FAILED, and as certifyUnit
 */
export async function certify({ station, unit, order, hello }: Job): Promise<Uint8Array> {
  const { ledger, line, registry, hardwareModel, now } = station;
  const { chipId, life, digest } = hello;
  if (life === "enrolled" || life === "locked") return certificateOf(station.ledger, chipId);

  const nonce = randomBytes(32);
  const { publicKey, chipId: begun } = await unit.begin(nonce);
  if (begun !== chipId) throw new TouchmarkError("WRONG_UNIT", { data: { expected: chipId, chipId: begun } });
  const { serial, imei, tests, replaces } = order;
  const csr = await unit.csr();
  const { manufacturerId } = line.certificate.manufacturer;
  const onChain = (await findDevice(registry, manufacturerId, addressOf(publicKey))) !== undefined;
  const certified = await modelValidUntil(registry.contract, "programme", manufacturerId, hardwareModel);
  const session = {
    nonce,
    chipId: fromHex(chipId),
    firmwareDigest: digest,
    publicKey,
    serial,
    hardwareModel,
    ...(imei !== undefined && { imei }),
  };
  const request = {
    csr,
    session,
    onChain,
    modelValidUntil: certified,
    now: now(),
    ...(tests && { tests }),
    ...(replaces && { replaces }),
  };
  return (await certifyUnit(request, line, ledger)).certificate;
}

function certificateOf({ units }: Job["station"]["ledger"], chipId: string): Uint8Array {
  const row = units.byChip(chipId);
  if (!row) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId } });
  return row.certificate;
}
