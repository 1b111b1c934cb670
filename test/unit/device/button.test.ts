// SPDX-License-Identifier: Apache-2.0
// What is no monitor of a unit, or ends while the button is held. The button itself: flows/owner-signatures.test.ts.
import { createServer, type Socket } from "node:net";
import { expect } from "chai";
import { pressButton } from "../../../host/src/device/button.ts";
import { refusal } from "../../support/refusal.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

async function pressedAt(answer: (line: string, socket: Socket) => void): Promise<string> {
  using folder = new TemporaryFolder();
  const path = folder.join("button.sock");
  const server = createServer((socket) => socket.on("data", (line) => answer(String(line), socket)));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    return (await refusal(pressButton(path, 60))).code;
  } finally {
    server.close();
  }
}

describe("the button of an emulated unit", () => {
  it("is not pressed where nobody is", async () => {
    using folder = new TemporaryFolder();
    expect((await refusal(pressButton(folder.join("button.sock"), 1))).code).to.equal("SERIAL_PORT");
  });

  it("is not waited for where nothing answers, or something refuses", async () => {
    expect(await pressedAt(() => undefined)).to.equal("SERIAL_PORT");
    expect(await pressedAt((_line, socket) => socket.write('{"error": {}}\n'))).to.equal("SERIAL_PORT");
  });

  it("is let go when the unit loses power", async () => {
    const losing = (line: string, socket: Socket): void => {
      socket.write('{"return": {}}\n');
      if (line.includes("set_link")) setTimeout(() => socket.destroy(), 20);
    };
    expect(await pressedAt(losing)).to.equal("SERIAL_PORT");
  });
});
