// SPDX-License-Identifier: Apache-2.0

/** The body of an answer by somebody who is not trusted. @throws RangeError beyond `most` bytes, SyntaxError */
export async function readJson({ body }: Response, most: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new RangeError(`an answer of more than ${most} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
}
