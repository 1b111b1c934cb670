// SPDX-License-Identifier: Apache-2.0
import { DEFAULT_BAUD_RATE } from "../../device/transport.ts";
import { TouchmarkError } from "../../errors.ts";
import { decodeAttestation } from "../../protocol/attestation.ts";
import { toHex } from "../../protocol/bytes.ts";
import { requireFinished, verifyAttestationOnChain } from "../../verify/attestation.ts";
import { readBytes, writeBytes } from "../files.ts";
import type { Io } from "../io.ts";
import { hexBytes } from "../numbers.ts";
import { slotName, table } from "../print.ts";
import { type RevocationArguments, revocationArguments, revocationTerms } from "../revocation.ts";
import { verb } from "../verb.ts";
import { chainView, freshToken, type RecordArguments, recordArguments } from "./attestation.ts";
import { withUnit } from "./port.ts";

interface Arguments extends RecordArguments, RevocationArguments {
  readonly port: string | undefined;
  readonly baud: number;
  readonly verify: string | undefined;
  readonly root: string | undefined;
  readonly nonce: string | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly unfinished: boolean;
}

export const attest = verb<Arguments>({
  command: "attest [port]",
  describe: "Let a unit say what it is and runs, signed; or judge such a token with --verify",
  builder: (yargs) =>
    revocationArguments(
      recordArguments(
        yargs
          .positional("port", { type: "string", describe: "/dev/ttyACM0, unix:PATH or tcp:HOST:PORT" })
          .option("baud", { type: "number", default: DEFAULT_BAUD_RATE, describe: "Bits a second, on serial lines" })
          .option("verify", { type: "string", describe: "Judge this token; no unit is asked" })
          .option("root", { type: "string", describe: "Root certificate, PEM or DER: judge the token by it" })
          .option("nonce", { type: "string", describe: "32 bytes, hexadecimal: another's, or the one of --verify" })
          .option("out", { type: "string", describe: "File for the token, with the unit's certificates" })
          .option("force", { type: "boolean", default: false, describe: "Overwrite" })
          .option("unfinished", { type: "boolean", default: false, describe: "Take a unit that is not locked yet" }),
      ),
    )
      .example("$0 device attest /dev/ttyACM0 --root root.pem --out unit.eat", "a fresh nonce")
      .example("$0 device attest --verify unit.eat --root root.pem --chain chain.json", "no unit is needed"),
  handler: async (args, io) => {
    const given = args.nonce === undefined ? undefined : hexBytes("nonce", args.nonce, 32);
    if ((args.port === undefined) === (args.verify === undefined))
      throw new TouchmarkError("USAGE", { data: { expected: "a port, or --verify FILE" } });
    if (args.verify !== undefined) return await judge(await readBytes(args.verify), given, args, io);
    const port = { port: args.port ?? "", baud: args.baud };
    const { token, nonce } = await withUnit(port, (unit) => freshToken(unit, given));
    if (args.out !== undefined) await writeBytes(args.out, token, args.force);
    return await judge(token, nonce, args, io);
  },
});

async function judge(token: Uint8Array, nonce: Uint8Array | undefined, args: Arguments, io: Io) {
  const { certificateHash, claims } = decodeAttestation(token);
  if (args.root === undefined) {
    if (args.verify !== undefined) throw new TouchmarkError("USAGE", { data: { missing: "--root" } });
    return result({ judged: false, certificateHash, ...claims }, token);
  }
  const terms = await revocationTerms(args.root, args);
  const chain = chainView(args, io);
  const unit = await verifyAttestationOnChain(token, { ...terms, ...(nonce && { nonce }) }, chain?.blockOf);
  if (!args.unfinished) requireFinished(claims);
  const { address, serial, chainId, manufacturerId } = unit;
  const fresh = nonce !== undefined;
  const revocationList = terms.crl?.number;
  const record = await chain?.recordOf(unit);
  return result(
    { judged: true, fresh, revocationList, address, serial, chainId, manufacturerId, ...claims, ...record },
    token,
  );
}

function result<T extends { readonly slot: number }>(json: T, token: Uint8Array) {
  const said = { ...json, slot: slotName(json.slot) };
  return { json: { ...json, token: toHex(token) }, text: table(Object.entries(said)) };
}
