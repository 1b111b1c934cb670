// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { sendChunks } from "../../host/src/device/send-chunks.ts";
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { openTransport } from "../../host/src/device/transport.ts";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { encode } from "../../host/src/protocol/cbor.ts";
import { encodeFrame } from "../../host/src/protocol/console-frame.ts";
import { deviceErrors, smp } from "../../host/src/protocol/generated.ts";
import { encodeSmpPacket, type SmpPacket, smpVersion } from "../../host/src/protocol/smp-packet.ts";
import { type Received, type Respond, startResponder } from "../support/smp-responder.ts";

const echo = { op: "write", group: smp.group.os, command: smp.os.echo, payload: { d: "hi" } } as const;

async function withClient<T>(respond: Respond, use: (client: SmpClient) => Promise<T>, version?: number): Promise<T> {
  await using responder = await startResponder(respond, version);
  const client = new SmpClient(await openTransport(responder.address));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "ok";
  } catch (error) {
    if (isTouchmarkError(error)) return error.code;
    throw error;
  }
}

describe("SMP client", () => {
  it("matches answers by sequence, with many under way and more requests than numbers", async () => {
    await withClient(
      ({ fields }) => ({ r: fields.get("d") ?? null }),
      async (client) => {
        const texts = Array.from({ length: 300 }, (_, i) => `n${i}`);
        const half = (from: number) =>
          texts.slice(from, from + 150).map((d) => client.request({ ...echo, payload: { d } }));
        const answers = [...(await Promise.all(half(0))), ...(await Promise.all(half(150)))];
        expect(answers.map((answer) => answer.get("r"))).to.deep.equal(texts);
      },
    );
  });

  it("names a refusal of the unit, in version 2 and version 1", async () => {
    const code = deviceErrors.LICENSE_SUSPENDED.code;
    const v2 = { err: { group: smp.group.touchmark, rc: code } };
    const v1 = { rc: smp.rc.perUser + code };
    expect(
      await withClient(
        () => v2,
        (client) => codeOf(client.request(echo)),
      ),
    ).to.equal("LICENSE_SUSPENDED");
    expect(
      await withClient(
        () => v1,
        (client) => codeOf(client.request(echo)),
        smpVersion.v1,
      ),
    ).to.equal("LICENSE_SUSPENDED");
  });

  it("names SMP's own refusals, and one of ours that it does not know", async () => {
    const answers = [{ rc: smp.rc.notSupported }, { err: { group: 0, rc: 3 } }, { err: { group: 64, rc: 9999 } }];
    for (const answer of answers) {
      expect(
        await withClient(
          () => answer,
          (client) => codeOf(client.request(echo)),
        ),
      ).to.equal("SMP_ERROR");
    }
  });

  it("times out alone, and takes the next answer", async () => {
    let asked = 0;
    const respond: Respond = () => (asked++ === 0 ? undefined : { r: "hi" });
    await withClient(respond, async (client) => {
      expect(await codeOf(client.request({ ...echo, timeoutMs: 30 }))).to.equal("SERIAL_TIMEOUT");
      expect((await client.request(echo)).get("r")).to.equal("hi");
    });
  });

  it("A8 passes over an answer that no request asked for", async () => {
    const late = (request: Received, change: Partial<SmpPacket>): Uint8Array =>
      encodeFrame(encodeSmpPacket({ ...request, op: request.op + 1, payload: encode({ r: "late" }), ...change }));
    const respond: Respond = (request, socket) => {
      socket.write(late(request, { sequence: request.sequence ^ 0x80 }));
      socket.write(late(request, { command: smp.os.info }));
      socket.write(late(request, { group: smp.group.image }));
      socket.write(late(request, { op: smp.op.readResponse }));
      return { r: "hi" };
    };
    await withClient(respond, async (client) => {
      expect((await client.request(echo)).get("r")).to.equal("hi");
    });
  });

  it("A6 ends every request when the unit is unplugged", async () => {
    const respond: Respond = (_, socket) => void socket.destroy();
    await withClient(respond, async (client) => {
      expect(await codeOf(client.request(echo))).to.equal("SERIAL_GONE");
      expect(await codeOf(client.request(echo))).to.equal("SERIAL_GONE");
    });
  });

  it("says why a port does not open", async () => {
    expect(await codeOf(openTransport("unix:/nowhere/unit.sock"))).to.equal("SERIAL_PORT");
    expect(await codeOf(openTransport("/dev/nowhere"))).to.equal("SERIAL_PORT");
    expect(await codeOf(openTransport("tcp:localhost"))).to.equal("USAGE");
    expect(await codeOf(openTransport(""))).to.equal("USAGE");
  });
});

describe("chunks", () => {
  const object = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7) & 0xff);
  const send = (client: SmpClient, window: number) =>
    sendChunks(client, { group: 1, command: 1, object, chunkBytes: 700, window, decisionTimeoutMs: 100 });

  /** A unit that stages what arrives at the offset it expects, and sometimes hears nothing. */
  function stage(start: number, hears: () => boolean = () => true): { respond: Respond; staged: () => string } {
    const staged = Buffer.from(object.subarray(0, start));
    let bytes = staged;
    const respond: Respond = ({ fields }) => {
      if (!hears()) return undefined;
      const { off, data } = { off: fields.get("off"), data: fields.get("data") };
      if (off === bytes.length && data instanceof Uint8Array) bytes = Buffer.concat([bytes, data]);
      return { off: bytes.length };
    };
    return { respond, staged: () => toHex(bytes) };
  }

  for (const window of [1, 4]) {
    it(`arrive whole, ${window} under way`, async () => {
      const { respond, staged } = stage(0);
      await withClient(respond, (client) => send(client, window));
      expect(staged()).to.equal(toHex(object));
    });

    it(`A6 go on where an earlier transfer stopped, ${window} under way`, async () => {
      let requests = 0;
      const { respond, staged } = stage(9_000, () => ++requests > 0);
      await withClient(respond, (client) => send(client, window));
      expect(staged()).to.equal(toHex(object));
      expect(requests).to.be.lessThan(5);
    });
  }

  it("A9 survive lost requests", async () => {
    let requests = 0;
    const { respond, staged } = stage(0, () => ++requests % 4 !== 0);
    await withClient(respond, async (client) => {
      await sendChunks(client, {
        group: 1,
        command: 1,
        object,
        chunkBytes: 1_500,
        window: 2,
        decisionTimeoutMs: 100,
        chunkTimeoutMs: 100,
      });
    });
    expect(staged()).to.equal(toHex(object));
  });

  it("end with the unit's refusal", async () => {
    const refusal = { err: { group: smp.group.touchmark, rc: deviceErrors.IMAGE_DIGEST_MISMATCH.code } };
    const code = await withClient(
      () => refusal,
      (client) => codeOf(send(client, 2)),
    );
    expect(code).to.equal("IMAGE_DIGEST_MISMATCH");
  });

  it("end after five attempts without progress", async () => {
    const code = await withClient(
      () => ({ off: 0 }),
      (client) => codeOf(send(client, 1)),
    );
    expect(code).to.equal("SERIAL_TIMEOUT");
  });
});
