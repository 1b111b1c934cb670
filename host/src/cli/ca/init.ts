// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isAddress } from "ethers";
import { Office } from "../../authority/office.ts";
import { TouchmarkError } from "../../errors.ts";
import { requireAbsent } from "../../files.ts";
import { toHex } from "../../protocol/bytes.ts";
import { formatDistinguishedName, nameValue } from "../../protocol/distinguished-name.ts";
import { addressOf, sha256 } from "../../protocol/secp256k1.ts";
import { dimoAddresses } from "../../registry/backend/address-book.ts";
import type { Io } from "../io.ts";
import { aboveZero, positiveNumber, UINT64_MAX } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { clock, formatTime, holdKey } from "./keys.ts";

const KEY = "root.key.pem";

export const init = verb({
  command: "init",
  describe: "Make the manufacturer's root, asking for what is not given",
  builder: (yargs) =>
    yargs
      .option("folder", { type: "string", default: "ca", describe: "Where the root, its key and the ledger go" })
      .option("organization", { type: "string", describe: "O of every certificate: the holder of the ManufacturerID" })
      .option("name", { type: "string", describe: "CN of the root" })
      .option("chain-id", { type: "string", describe: "Chain of the ManufacturerID: 137 Polygon, 80002 Amoy" })
      .option("manufacturer-id", { type: "string", describe: "Token id of the ManufacturerID" })
      .option("registry", { type: "string", describe: "Where units are claimed and paired; DIMO's on its own chains" })
      .option("days", { type: "number", default: 7300, describe: "Validity, at most 40 years" })
      .option("key", { type: "string", describe: "A token's key, pkcs11:…; otherwise an encrypted file is made" })
      .option("passphrase-file", { type: "string", describe: "Its first line is the passphrase or PIN" })
      .option("passphrase-env", { type: "string", describe: "Name of the variable that holds it" })
      .example('$0 ca init --organization "Acme Motors" --chain-id 137 --manufacturer-id 42', "asks for the rest"),
  handler: async (args, io) => {
    const days = aboveZero("days", args.days);
    if (existsSync(join(args.folder, "root.pem"))) return finished(args);
    const organization = args.organization ?? (await io.question("Organization that holds the ManufacturerID"));
    const chain = args["chain-id"] ?? (await io.question("Chain id (137 Polygon, 80002 Amoy)"));
    const chainId = positiveNumber("chain-id", chain, UINT64_MAX);
    const manufacturer = args["manufacturer-id"] ?? (await io.question("ManufacturerID"));
    const manufacturerId = positiveNumber("manufacturer-id", manufacturer, UINT64_MAX);
    const registry = registryOf(args.registry, chainId);
    const commonName = args.name ?? (await suggested(`${organization} root ${new Date().getUTCFullYear()}`, io));
    const source = { file: args["passphrase-file"], env: args["passphrase-env"] };
    const key = await holdKey(args.key, args.folder, KEY, source, io);
    const request = { organization, commonName, chainId, manufacturerId, now: clock(), days, ...registry };
    try {
      using office = await Office.create(args.folder, request, key);
      return describe(office);
    } finally {
      key.signer.close();
    }
  },
});

interface Asked {
  readonly folder: string;
  readonly organization?: string | undefined;
  readonly name?: string | undefined;
  readonly "chain-id"?: string | undefined;
  readonly "manufacturer-id"?: string | undefined;
  readonly registry?: string | undefined;
}

/** A run that was stopped after root.pem has its row to write, no more. @throws FILE_EXISTS for a root that is made */
function finished(asked: Asked) {
  using office = Office.open(asked.folder, clock());
  const { subject, manufacturer, registry } = office.root;
  const given: readonly [wanted: string | undefined, is: string | undefined][] = [
    [asked.organization, nameValue(subject, "organizationName")],
    [asked.name, nameValue(subject, "commonName")],
    [asked["chain-id"], `${manufacturer.chainId}`],
    [asked["manufacturer-id"], `${manufacturer.manufacturerId}`],
    [asked.registry?.toLowerCase(), registry],
  ];
  if (office.mended.length === 0 || given.some(([wanted, is]) => wanted !== undefined && wanted !== is))
    requireAbsent(join(asked.folder, "root.pem"));
  return describe(office);
}

function describe({ folder, root, keyReference }: Office) {
  const held = keyReference === KEY ? join(folder, KEY) : keyReference;
  const json = {
    folder,
    subject: formatDistinguishedName(root.subject),
    address: addressOf(root.publicKey),
    serialNumber: toHex(root.serialNumber),
    rootHash: toHex(sha256(root.der)),
    chainId: root.manufacturer.chainId,
    manufacturerId: root.manufacturer.manufacturerId,
    registry: root.registry ?? "none: units under this root sign no claims or pairings",
    notAfter: formatTime(root.notAfter),
    key: held,
    backUp: [held, join(folder, "ledger.sqlite")],
    keepOffline: [folder],
    publish: [join(folder, "root.pem")],
  };
  const { backUp, keepOffline, publish, ...facts } = json;
  const text = [
    table(Object.entries(facts)),
    "",
    `Back up on two media kept apart, the passphrase apart from both: ${backUp.join(", ")}; the ledger after each use.`,
    `Keep offline: ${keepOffline.join(", ")}. No step of the root needs a network; carry files in and out.`,
    `Hand out: ${publish.join(", ")}. The board takes rootHash; devices are pinned to it.`,
    "Next: touchmark ca ota, touchmark ca line.",
  ];
  return { json, text: text.join("\n") };
}

async function suggested(name: string, io: Io): Promise<string> {
  return (await io.question(`Name of the root [${name}]`)) || name;
}

function registryOf(given: string | undefined, chainId: bigint): { registry?: string } {
  const registry = given ?? dimoAddresses[`${chainId}`]?.registry;
  if (registry === undefined) return {};
  if (!isAddress(registry)) throw new TouchmarkError("USAGE", { data: { option: "registry", expected: "an address" } });
  return { registry };
}
