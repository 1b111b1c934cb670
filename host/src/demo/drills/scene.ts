// SPDX-License-Identifier: Apache-2.0
// One locked unit, its maker and its chain, as the drills find and change them.
import type { UnitClient } from "../../device/unit-client.ts";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import type { ErrorName } from "../../protocol/generated.ts";
import type { SignedRelease } from "../../protocol/signed-release.ts";
import { read, transact } from "../../registry/transaction.ts";
import { proveBundle } from "../../release/bundle.ts";
import { proveNotice } from "../../release/steps.ts";
import type { ProofSources } from "../../witness/witnessed-header.ts";
import { newSigner } from "../authority.ts";
import { bear } from "../birth.ts";
import { buildApp } from "../firmware.ts";
import { contractOf } from "../license.ts";
import { prepare } from "../prepare.ts";
import { announce, makeRelease } from "../releases.ts";
import type { Workshop, World } from "../world.ts";
import type { Finding } from "./drill.ts";

type Role = Parameters<typeof contractOf>[3];

const SECOND = { sequence: 2, version: "1.1.0" } as const;

const signers = () => [newSigner(), newSigner(), newSigner()] as const;

export class Scene {
  readonly world: World;
  readonly unit: UnitClient;
  /** Announced before anything happens. */
  readonly announced: SignedRelease;
  /** Two of them stand in for a lost root or quorum. */
  readonly recovery: ReturnType<typeof signers>;
  /** Witnesses of a second federation. */
  readonly others = signers();
  readonly nextRoot = newSigner();
  nextRootDer = new Uint8Array();
  sources: ProofSources;
  findings: Finding[] = [];

  private constructor(world: World, unit: UnitClient, announced: SignedRelease, recovery: ReturnType<typeof signers>) {
    this.world = world;
    this.unit = unit;
    this.announced = announced;
    this.recovery = recovery;
    this.sources = world.federation.sources;
  }

  static async open(workshop: Workshop): Promise<Scene> {
    const recovery = signers();
    const prepared = await prepare(workshop);
    const recoveryKeys = recovery.map(({ publicKey }) => publicKey);
    const world = { ...prepared, trust: { ...prepared.trust, recoveryThreshold: 2, recoveryKeys } };
    const line = { ...world, identity: world.authority.ota };
    const { unit } = await bear(world, line);
    const announced = await workshop.steps.take("build, sign and announce release 1.1.0", async () => {
      const release = await makeRelease(line, await buildApp(world.root, SECOND.version, world.port), SECOND);
      await announce(line, release);
      return release;
    });
    return new Scene(world, unit.client, announced, recovery);
  }

  get root(): Uint8Array {
    return this.world.authority.root.certificate.der;
  }

  contract(name: Parameters<typeof contractOf>[2], role: Role) {
    return contractOf(this.world.chain, this.world.license.deployment, name, role);
  }

  async onBoard(method: string, ...args: unknown[]): Promise<void> {
    const id = this.world.license.manufacturerId;
    await transact({ contract: this.contract("board", "maker"), method, args: [id, ...args] });
  }

  /** The notice that the board's changes wait for, passed. */
  async waitNotice(): Promise<void> {
    const { provider } = this.world.chain;
    const seconds = await read<bigint>(this.contract("board", "maker"), "noticeSeconds");
    await provider.send("evm_increaseTime", [Number(seconds)]);
    await provider.send("evm_mine", []);
  }

  /** For the unit as it is now, whatever it will say. */
  async bundle(release: SignedRelease, nonce?: Uint8Array): Promise<Uint8Array> {
    const challenge = nonce === undefined ? {} : { challenge: nonce };
    const request = { release, state: await this.unit.state(), root: this.root, evenIfRefused: true, ...challenge };
    return (await proveBundle(request, this.sources)).bundle;
  }

  /** What the chain says of the license now. */
  async notice(): Promise<Uint8Array> {
    return (await proveNotice({ state: await this.unit.state(), root: this.root }, this.sources)).chain;
  }

  /** @throws INTERNAL where it is taken, or refused otherwise */
  async refuses(what: string, expected: ErrorName, attempt: Promise<unknown>): Promise<void> {
    const said = await attempt.then(
      () => "OK" as const,
      (error: unknown) => {
        if (isTouchmarkError(error)) return error.code;
        throw error;
      },
    );
    if (said !== expected) throw new TouchmarkError("INTERNAL", { data: { what, said, expected } });
    this.findings.push({ what, said });
  }

  /** @throws INTERNAL unless it is so */
  holds(what: string, isSo: boolean): void {
    if (!isSo) throw new TouchmarkError("INTERNAL", { data: { what } });
    this.findings.push({ what, said: "OK" });
  }
}
