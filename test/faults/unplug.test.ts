// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync, unlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { openTransport } from "../../host/src/device/transport.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const TIMES = 20;
const PATIENCE_MS = 3_000;

/** Holds a pty's other end, and writes to it whatever it is told. */
const HOLDER = `
import os, sys
master, slave = os.openpty()
print(os.ttyname(slave), flush=True)
os.close(slave)
for line in sys.stdin:
    os.write(master, b"noise\\n" * 50)
`;

describe("an unplugged tty", function () {
  this.timeout(120_000);

  /** Opens a line, unplugs it, and says what was noticed. */
  async function unplugged(unplug: (holder: ChildProcess, link: string) => void): Promise<string> {
    using folder = new TemporaryFolder();
    const holder = spawn("python3", ["-c", HOLDER], { stdio: ["pipe", "pipe", "inherit"] });
    try {
      const [name] = (await once(holder.stdout, "data")) as [Buffer];
      const link = folder.join("tty");
      symlinkSync(name.toString().trim(), link);
      const transport = await openTransport(link);
      transport.onData(() => undefined);
      const gone = new Promise<string>((resolve) => transport.onGone(({ code }) => resolve(code)));
      unplug(holder, link);
      const seen = await Promise.race([gone, sleep(PATIENCE_MS, "unnoticed", { ref: false })]);
      await transport.close();
      return seen;
    } finally {
      holder.kill("SIGKILL");
    }
  }

  it("A6 is noticed by its device node, where reading does not tell", async () => {
    expect(await unplugged((_holder, link) => unlinkSync(link))).to.equal("SERIAL_GONE");
  });

  it(`A6 is noticed each of ${TIMES} times, idle or in the middle of a line`, async () => {
    for (let time = 0; time < TIMES; time++) {
      const seen = await unplugged((holder) => {
        if (time % 2 === 1) holder.stdin?.write("write\n");
        holder.kill("SIGKILL");
      });
      expect(seen, `time ${time}`).to.equal("SERIAL_GONE");
    }
  });

  it("is not taken for one that is there and silent", async () => {
    expect(await unplugged(() => undefined)).to.equal("unnoticed");
  });
});
