// SPDX-License-Identifier: Apache-2.0
// Another organisation's witness, over HTTP: the client of service.ts.
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";
import { type WitnessStatement, witnessStatementFromJson } from "../protocol/witness-statement.ts";
import { readJson } from "./read-json.ts";
import type { WitnessSource } from "./witness.ts";

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES_MAX = 65_536; // a statement has 700

export class HttpWitness implements WitnessSource {
  readonly #url: URL;

  /** @param url of the service, with or without a slash at its end @throws USAGE */
  constructor(url: string) {
    if (!URL.canParse(url)) throw new TouchmarkError("USAGE", { data: { witness: url } });
    this.#url = new URL(url);
    // A relative reference takes the place of what stands behind the last slash (RFC 3986, section 5.2.3).
    if (!this.#url.pathname.endsWith("/")) this.#url.pathname += "/";
  }

  get name(): string {
    return this.#url.origin;
  }

  /** @throws WITNESS_UNREACHABLE with what the service answered, MESSAGE_FIELD */
  async statement(nonce: Uint8Array): Promise<WitnessStatement> {
    const url = new URL("v1/statement", this.#url);
    url.searchParams.set("nonce", toHex(nonce));
    return witnessStatementFromJson(await this.#get(url));
  }

  async #get(url: URL): Promise<unknown> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
      const body = await readJson(response, ANSWER_BYTES_MAX);
      if (response.ok) return body;
      throw this.#unreachable({ status: response.status, answer: body });
    } catch (cause) {
      throw cause instanceof TouchmarkError ? cause : this.#unreachable({}, cause);
    }
  }

  #unreachable(data: Readonly<Record<string, unknown>>, cause?: unknown): TouchmarkError {
    return new TouchmarkError("WITNESS_UNREACHABLE", { data: { witness: this.name, ...data }, cause });
  }
}
