// SPDX-License-Identifier: Apache-2.0
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { expect } from "chai";
import { appendLine, replaceFile, writeFileOnce, writeNewFile, writeNewFolder } from "../../host/src/files.ts";
import { killed } from "../support/kills.ts";
import { verdict } from "../support/refusal.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const OLD = "the old contents";
const NEW = new Uint8Array(5_000).fill(0x4e);

describe("files that must be whole", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());
  const mode = (path: string): number => statSync(path).mode & 0o777;
  const names = (): string[] => readdirSync(folder.path);

  /** Runs `write` killed at each of its steps, on what `prepare` makes each time. */
  async function atEachStep(prepare: () => void, write: () => void, look: () => void): Promise<number> {
    for (let step = 1; ; step++) {
      for (const name of names()) fs.rmSync(folder.join(name), { recursive: true });
      prepare();
      if (!(await killed(step, write))) return step - 1;
      look();
      write();
      expect(names(), `step ${step}`).to.deep.equal(["file"]);
    }
  }

  it("are new, whole or absent, wherever the run is killed; and never another's", async () => {
    const path = folder.join("file");
    const steps = await atEachStep(
      () => undefined,
      () => writeFileOnce(path, NEW, 0o600),
      () => {
        if (existsSync(path)) expect(readFileSync(path).equals(NEW)).to.equal(true);
      },
    );
    expect(steps).to.be.at.least(6);
    expect(mode(path)).to.equal(0o600);
    expect(verdict(() => writeNewFile(path, NEW))).to.equal("FILE_EXISTS");
    expect(verdict(() => writeFileOnce(path, OLD))).to.equal("FILE_EXISTS");
    expect(readFileSync(path).equals(NEW)).to.equal(true);
  });

  it("are replaced, old or new, wherever the run is killed; their mode stays", async () => {
    const path = folder.join("file");
    const prepare = (): void => {
      writeFileSync(path, OLD);
      chmodSync(path, 0o640);
    };
    const steps = await atEachStep(
      prepare,
      () => replaceFile(path, NEW),
      () => expect([OLD, Buffer.from(NEW).toString()]).to.include(readFileSync(path, "utf8")),
    );
    expect(steps).to.be.at.least(6);
    expect(mode(path)).to.equal(0o640);
  });

  it("are folders too: all their files or none", async () => {
    const path = folder.join("file");
    const files = new Map([
      ["a", OLD],
      ["below/b", OLD],
    ]);
    const write = (): void => (existsSync(path) ? undefined : writeNewFolder(path, files));
    const whole = (): void => {
      if (existsSync(path)) expect(readdirSync(path, { recursive: true })).to.have.members(["a", "below", "below/b"]);
    };
    await atEachStep(() => undefined, write, whole);
    expect(verdict(() => writeNewFolder(path, files))).to.equal("FILE_EXISTS");
  });

  it("go where a link points, and into a device as they are", () => {
    mkdirSync(folder.join("there"));
    writeFileSync(folder.join("there", "file"), OLD);
    symlinkSync(folder.join("there", "file"), folder.join("link"));
    replaceFile(folder.join("link"), NEW);
    expect(readFileSync(folder.join("there", "file")).equals(NEW)).to.equal(true);
    expect(names()).to.have.members(["there", "link"]);
    replaceFile("/dev/null", NEW);
    expect(statSync("/dev/null").isCharacterDevice()).to.equal(true);
  });

  it("are as safe from each other where the file system has no links", () => {
    const { linkSync } = fs;
    fs.linkSync = () => {
      throw Object.assign(new Error("not permitted"), { code: "EPERM", syscall: "link" });
    };
    syncBuiltinESMExports();
    try {
      writeNewFile(folder.join("file"), NEW, 0o600);
      expect(verdict(() => writeNewFile(folder.join("file"), OLD))).to.equal("FILE_EXISTS");
    } finally {
      fs.linkSync = linkSync;
      syncBuiltinESMExports();
    }
    expect(readFileSync(folder.join("file")).equals(NEW)).to.equal(true);
    expect(mode(folder.join("file"))).to.equal(0o600);
    expect(names()).to.deep.equal(["file"]);
  });

  it("say what the system says: no folder, no room, no right", () => {
    expect(verdict(() => writeNewFile(folder.join("none", "file"), NEW))).to.equal("FILE_MISSING");
    expect(verdict(() => replaceFile(folder.path, NEW))).to.equal("FILE_MISSING");
    expect(verdict(() => replaceFile("/dev/full", NEW))).to.equal("DISK_FULL");
    const { openSync } = fs;
    fs.openSync = () => {
      throw Object.assign(new Error("read-only"), { code: "EROFS", syscall: "open" });
    };
    syncBuiltinESMExports();
    try {
      expect(verdict(() => writeNewFile(folder.join("file"), NEW))).to.equal("FILE_READ_ONLY");
    } finally {
      fs.openSync = openSync;
      syncBuiltinESMExports();
    }
    expect(names()).to.deep.equal([]);
  });

  it("grow by lines that are on disk when they are said to be", () => {
    const path = folder.join("journal");
    appendLine(path, "one", 0o600);
    appendLine(path, "two");
    expect(readFileSync(path, "utf8")).to.equal("one\ntwo\n");
    expect(mode(path)).to.equal(0o600);
  });
});
