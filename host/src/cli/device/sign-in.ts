// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import { parseSignInMessage, type SignIn, signInDigest, signInMessage } from "../../protocol/sign-in.ts";
import { requireSignature } from "../../registry/device/device-act.ts";
import { readBytes } from "../files.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { pressed, waitArguments } from "./owner-signature.ts";
import { withUnit } from "./port.ts";

interface Fields {
  readonly message: string | undefined;
  readonly domain: string | undefined;
  readonly client: string | undefined;
  readonly nonce: string | undefined;
  readonly "issued-at": string | undefined;
}

export const signIn = verb({
  command: "sign-in <port>",
  describe: "Sign in at DIMO as the unit; its button has to be pressed",
  builder: (yargs) =>
    waitArguments(yargs)
      .option("message", { type: "string", describe: "File with the service's challenge; or the four fields:" })
      .option("domain", { type: "string", describe: "auth.dimo.zone or auth.dev.dimo.zone" })
      .option("client", { type: "string", describe: "Host name of who asks for the sign-in" })
      .option("nonce", { type: "string", describe: "The service's" })
      .option("issued-at", { type: "string", describe: "The service's, unix seconds" })
      .example("$0 device sign-in /dev/ttyACM0 --message challenge.txt", "the unit builds the message itself"),
  handler: async (args, io) =>
    await withUnit(args, async (unit) => {
      const { address = "" } = await unit.hello();
      const fields = { address, ...(await fieldsOf(args)) };
      if (fields.address.toLowerCase() !== address)
        throw new TouchmarkError("WRONG_UNIT", { data: { expected: fields.address, address } });
      const message = signInMessage(fields);
      const signature = await pressed(args.wait, io, () => unit.signIn(fields));
      const digest = `0x${toHex(signInDigest(message))}`;
      const json = { message, address, signature: requireSignature(`0x${toHex(signature)}`, digest, address) };
      return { json, text: `${message}\n\n${json.signature}` };
    }),
});

async function fieldsOf(args: Fields): Promise<Omit<SignIn, "address"> & Partial<SignIn>> {
  const { message, domain, client, nonce } = args;
  if (message !== undefined) return parseSignInMessage(Buffer.from(await readBytes(message)).toString("utf8"));
  const issuedAt = args["issued-at"];
  if (domain === undefined || client === undefined || nonce === undefined || issuedAt === undefined)
    throw new TouchmarkError("USAGE", { data: { expected: "--message, or --domain --client --nonce --issued-at" } });
  return { domain, client, nonce, issuedAt: wholeNumber("issued-at", issuedAt) };
}
