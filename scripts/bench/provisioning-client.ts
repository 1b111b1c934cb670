// SPDX-License-Identifier: Apache-2.0
// What license proofs cost on the line while a unit is provisioned: enroll and lock as they were sent, and the same two
// with empty proofs, to a responder that answers as the unit does.
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { type Parameters, UnitClient } from "../../host/src/device/unit-client.ts";
import { smp } from "../../host/src/protocol/generated.ts";
import type { Life } from "../../host/src/protocol/life.ts";
import type { Enrollment } from "../../host/src/protocol/messages/enrollment.ts";
import { type Respond, startResponder } from "../../test/support/smp-responder.ts";
import { type CountedTransport, openCounted } from "./counted-transport.ts";

const NO_PROOF = new Uint8Array();

export class ProvisioningClient extends UnitClient {
  readonly #line: CountedTransport;
  #proved = 0;
  #enrollment: Enrollment | undefined;

  constructor(line: CountedTransport) {
    super(new SmpClient(line));
    this.#line = line;
  }

  override enroll(enrollment: Enrollment): Promise<Life> {
    this.#enrollment = enrollment;
    return this.#count(() => super.enroll(enrollment));
  }

  override lock(chain: Uint8Array): Promise<Life> {
    return this.#count(() => super.lock(chain));
  }

  /** Bytes both ways that the proofs of the unit's enroll and lock added. */
  async proofBytes(): Promise<number> {
    return this.#proved - (await this.#bytesWith(NO_PROOF, NO_PROOF));
  }

  /** Bytes both ways that these proofs would add. */
  async bytesOf(enroll: Uint8Array, lock: Uint8Array): Promise<number> {
    return (await this.#bytesWith(enroll, lock)) - (await this.#bytesWith(NO_PROOF, NO_PROOF));
  }

  async #bytesWith(enroll: Uint8Array, lock: Uint8Array): Promise<number> {
    if (this.#enrollment === undefined) throw new RangeError("nothing was enrolled");
    await using responder = await startResponder(answering(await this.parameters()));
    const again = new ProvisioningClient(await openCounted(responder.address));
    await again.enroll({ ...this.#enrollment, chain: enroll });
    await again.lock(lock);
    await again.close();
    return again.#proved;
  }

  async #count(call: () => Promise<Life>): Promise<Life> {
    const before = this.#line.bytes;
    const life = await call();
    this.#proved += this.#line.bytes - before;
    return life;
  }
}

function answering({ bufferBytes, bufferCount }: Parameters): Respond {
  let total = 0;
  return ({ group, fields }) => {
    if (group === smp.group.os) return { buf_size: bufferBytes, buf_count: bufferCount };
    const end = Number(fields.get("off")) + (fields.get("data") as Uint8Array).length;
    total = Number(fields.get("len") ?? total);
    return end === total ? { life: 1 } : { off: end };
  };
}
