// SPDX-License-Identifier: Apache-2.0

import { Contract } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";
import { classId } from "../protocol/class-id.ts";
import { loadArtifact } from "../registry/artifacts.ts";
import { readModels } from "../registry/license/models.ts";
import { certifyingProgramme } from "../registry/model-certificate.ts";
import { translated } from "../registry/transaction.ts";
import type { BoardRelease } from "./announce.ts";

export interface ReleaseClass {
  readonly vendorId: Uint8Array;
  readonly classId: Uint8Array;
}

/**
 * A release is for a class, made of vendor and model: one of the manufacturer's certified models has to give it.
 * @param fromBlock certificates are looked for from here
 * @throws MODEL_NOT_CERTIFIED, CHAIN_UNREACHABLE
 */
export async function requireCertifiedClass(
  { board, manufacturerId }: Pick<BoardRelease, "board" | "manufacturerId">,
  release: ReleaseClass,
  fromBlock = 0,
): Promise<void> {
  const asked = await certifyingProgramme(board, "source");
  if (asked === undefined) return; // DIMO's contracts certify no models
  const programme = new Contract(asked.target, loadArtifact("LicenseProgramme").abi, board.runner);
  const newest = await translated(async () => await board.runner?.provider?.getBlock("latest"), board.interface);
  if (!newest) throw new TouchmarkError("CHAIN_UNREACHABLE");
  const models = await readModels(programme, manufacturerId, { fromBlock, toBlock: newest.number });
  const wanted = toHex(release.classId);
  const model = models.find(({ name }) => toHex(classId(release.vendorId, name)) === wanted);
  if (model !== undefined && model.validUntil > BigInt(newest.timestamp)) return;
  const inForce = models.filter(({ validUntil }) => validUntil > BigInt(newest.timestamp)).map(({ name }) => name);
  const why =
    model === undefined
      ? "no model of this manufacturer, certified or not, has the release's class"
      : model.validUntil === 0n
        ? "the certificate was withdrawn, or is of a former application"
        : "the certificate has ended";
  throw new TouchmarkError("MODEL_NOT_CERTIFIED", { data: { model: model?.name, classId: wanted, why, inForce } });
}
