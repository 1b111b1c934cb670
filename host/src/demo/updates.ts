// SPDX-License-Identifier: Apache-2.0
// Act three: accept → suspend → refuse → reinstate → accept, and whatever else a unit must refuse.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installRelease } from "../device/install-release.ts";
import { TouchmarkError } from "../errors.ts";
import type { ErrorName } from "../protocol/generated.ts";
import type { SignedRelease } from "../protocol/signed-release.ts";
import { proveBundle } from "../release/bundle.ts";
import { buildApp } from "./firmware.ts";
import { reinstateLicense, suspendLicense } from "./license.ts";
import { type Refusal, showRefusal, tamperedImage, withFewerWitnesses } from "./refusals.ts";
import { announce, makeRelease, type ReleaseLine, withdraw } from "./releases.ts";
import type { Born, World } from "./world.ts";

/** @returns the refusals, in the order of the story */
export async function update(world: World, line: ReleaseLine, { unit: { client } }: Born): Promise<Refusal[]> {
  const { root, folder, port, steps, chain, license, authority, federation } = world;
  const rootDer = authority.root.certificate.der;
  const refused: Refusal[] = [];

  /** A bundle with a fresh proof for the unit as it is now, whatever it will say. */
  const prove = async (release: SignedRelease, file: string): Promise<Uint8Array> => {
    const request = { release, state: await client.state(), root: rootDer, evenIfRefused: true };
    const { bundle } = await proveBundle(request, federation.sources);
    return save(folder, file, bundle);
  };
  const refuse = async (name: string, expected: ErrorName, make: () => Promise<Uint8Array>): Promise<void> => {
    refused.push(
      await steps.take(`refuse ${name}`, async () => {
        const bundle = save(folder, `refused-${name}`, await make());
        return await showRefusal(client, { name, bundle, expected }, rootDer);
      }),
    );
  };
  const accept = async (version: string, bundle: Uint8Array): Promise<void> => {
    const hello = await installRelease(client, bundle);
    if (hello.version !== version)
      throw new TouchmarkError("RELEASE_REVERTED", { data: { version, runs: hello.version } });
  };

  const second = await steps.take("build, sign and announce release 1.1.0", async () => {
    const release = await makeRelease(line, await buildApp(root, "1.1.0", port), { sequence: 2, version: "1.1.0" });
    await announce(line, release);
    return release;
  });
  const old = await prove(second, "1.1.0");
  await steps.take("install 1.1.0, proved under the license", () => accept("1.1.0", old));

  const image = await steps.take("build release 1.2.0", () => buildApp(root, "1.2.0", port));
  const third = await makeRelease(line, image, { sequence: 4, version: "1.2.0" });
  await refuse("not-announced", "RELEASE_NOT_ANNOUNCED", () => prove(third, "1.2.0-too-early"));
  await steps.take("announce 1.2.0", () => announce(line, third));
  await refuse("tampered-image", "IMAGE_DIGEST_MISMATCH", async () => tamperedImage(await prove(third, "1.2.0")));
  await refuse("too-few-witnesses", "WITNESS_QUORUM", async () => withFewerWitnesses(await prove(third, "1.2.0")));
  await refuse("wrong-device-class", "CLASS_MISMATCH", async () => {
    const other = { sequence: 5, version: "1.2.0", classId: Uint8Array.from(randomBytes(16)) };
    const release = await makeRelease(line, image, other);
    await announce(line, release);
    return await prove(release, "1.2.0-other-class");
  });
  await refuse("release-withdrawn", "RELEASE_WITHDRAWN", async () => {
    const release = await makeRelease(line, image, { sequence: 3, version: "1.1.1" });
    await announce(line, release);
    await withdraw(line, release);
    return await prove(release, "1.1.1-withdrawn");
  });
  const beforeSuspension = await prove(third, "1.2.0");
  await steps.take("suspend the license", () => suspendLicense(chain, license));
  await refuse("license-suspended", "LICENSE_SUSPENDED", () => prove(third, "1.2.0-suspended"));
  await refuse("old-proof", "BLOCK_BELOW_FLOOR", async () => beforeSuspension);
  await steps.take("reinstate the license", () => reinstateLicense(chain, license));
  await steps.take("install 1.2.0, with a fresh proof", async () => accept("1.2.0", await prove(third, "1.2.0")));
  await refuse("rolled-back", "SEQUENCE_ROLLBACK", () => prove(second, "1.1.0-again"));
  return refused;
}

function save(folder: string, name: string, bundle: Uint8Array): Uint8Array {
  writeFileSync(join(folder, `${name}.suit`), bundle);
  return bundle;
}
