// SPDX-License-Identifier: Apache-2.0
// Device certificates a minute on one core, with test keys in memory.
import { performance } from "node:perf_hooks";
import { issueDevice } from "../../host/src/authority/issue-device.ts";
import { fakeAuthority, NOW } from "../../test/support/fake-authority.ts";
import type { Figure } from "./figure.ts";

const COUNT = 300;
const MS_PER_MINUTE = 60_000;

export async function certificateFigures(): Promise<Figure[]> {
  const { line, deviceSigner } = await fakeAuthority();
  const start = performance.now();
  for (let unit = 0; unit < COUNT; unit++) {
    const product = { serial: `FAKE-${unit}`, hardwareModel: "tm-1", now: NOW + 3600 };
    await issueDevice({ publicKey: deviceSigner.publicKey, ...product }, line);
  }
  return [
    {
      figure: "ca.issue",
      value: Math.round((COUNT * MS_PER_MINUTE) / (performance.now() - start)),
      unit: "certificates/minute",
      budget: ">= 1000",
      anchor: "1,000 in 1.6 to 2.0 s with the same libraries",
      note: `${COUNT} issued on one core`,
    },
  ];
}
