// SPDX-License-Identifier: Apache-2.0
// A witness over HTTP. It answers with the block that it chose itself; nobody names one.
//
//   GET /v1/statement[?nonce=HEX]  a signed statement (protocol/witness-statement.ts); nonce: a unit's challenge, 32 bytes
//   GET /health                    200 while a statement can be had, 503 with the reason while not
//   GET /metrics                   counters, in the Prometheus text format
//
// Refusals are {"code", "message"}: 400 for a bad nonce, 404, 405, 429 above the rate, 503 for everything else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isTouchmarkError } from "../errors.ts";
import { fromHex } from "../protocol/bytes.ts";
import { NO_CHALLENGE } from "../protocol/chain.ts";
import type { ErrorName } from "../protocol/generated.ts";
import { witnessStatementToJson } from "../protocol/witness-statement.ts";
import { clientAddress } from "./client-address.ts";
import { type MetricName, Metrics } from "./metrics.ts";
import { RateLimit } from "./rate-limit.ts";
import type { WitnessSource } from "./witness.ts";

export interface ServiceOptions {
  readonly witness: WitnessSource;
  /** Requests a second that one address may make in the long run; it may save up ten seconds of them. */
  readonly rate: number;
  /** Addresses of proxies in front, whose X-Forwarded-For is believed. */
  readonly proxies?: readonly string[];
  /** Seconds; the system's clock where left out. */
  readonly now?: () => number;
}

const URL_BYTES_MAX = 512;
const REQUEST_TIMEOUT_MS = 10_000;
const HEADER_BYTES_MAX = 8_192;

/** Not yet listening. */
export function witnessService(options: ServiceOptions): Server {
  const metrics = new Metrics();
  // A monitor that asks for the health leaves what statements may be asked for, and the other way round.
  const limits = { health: new RateLimit(options.rate, options.now), rest: new RateLimit(options.rate, options.now) };
  const clientOf = clientAddress(options.proxies ?? []);
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: HEADER_BYTES_MAX },
    (request, response) => {
      void answer(request, clientOf(request), options.witness, metrics, limits).then((reply) => send(response, reply));
    },
  );
  server.maxRequestsPerSocket = 1_000;
  return server;
}

interface Reply {
  readonly status: number;
  /** JSON, unless it is text. */
  readonly body: object | string;
}

async function answer(
  request: IncomingMessage,
  client: string,
  witness: WitnessSource,
  metrics: Metrics,
  limits: { readonly health: RateLimit; readonly rest: RateLimit },
): Promise<Reply> {
  const url = URL.parse((request.url ?? "/").slice(0, URL_BYTES_MAX), "http://witness");
  const limit = url?.pathname === "/health" ? limits.health : limits.rest;
  if (!limit.allows(client)) return refuse(metrics, 429, "RATE_LIMITED", "ask less often");
  if (request.method !== "GET") return refuse(metrics, 405, "METHOD", "GET alone");
  if (url === null) return refuse(metrics, 400, "URL", "see /v1/statement");
  const { pathname, searchParams } = url;
  switch (pathname) {
    case "/v1/statement":
      return statement(witness, metrics, searchParams.get("nonce"));
    case "/health":
      return statement(witness, metrics, null);
    case "/metrics":
      return { status: 200, body: metrics.toString() };
    default:
      return refuse(metrics, 404, "NOT_FOUND", "see /v1/statement");
  }
}

async function statement(witness: WitnessSource, metrics: Metrics, nonce: string | null): Promise<Reply> {
  if (nonce !== null && !/^[0-9a-f]{64}$/.test(nonce)) {
    return refuse(metrics, 400, "NONCE", "32 bytes, lower hexadecimal");
  }
  try {
    const signed = await witness.statement(nonce === null ? NO_CHALLENGE : fromHex(nonce));
    metrics.count(nonce === null ? "statements" : "challenges");
    metrics.newest = signed;
    return { status: 200, body: witnessStatementToJson(signed) };
  } catch (error) {
    const known = isTouchmarkError(error);
    const withheld = known ? WITHHELD.get(error.code) : undefined;
    if (withheld !== undefined) metrics.count(withheld);
    return refuse(metrics, 503, known ? error.code : "INTERNAL", known ? error.message : "see the log");
  }
}

function refuse(metrics: Metrics, status: number, code: string, message: string): Reply {
  metrics.count(REFUSALS.get(status) ?? "failures");
  return { status, body: { code, message } };
}

const WITHHELD: ReadonlyMap<ErrorName, MetricName> = new Map([
  ["WITNESS_EQUIVOCATION", "equivocations"],
  ["WITNESS_LAGS", "lags"],
  ["WITNESS_CLOCK", "clocks"],
]);

const REFUSALS: ReadonlyMap<number, MetricName> = new Map([
  [429, "limited"],
  [503, "failures"],
  [400, "malformed"],
  [404, "malformed"],
  [405, "malformed"],
]);

function send(response: ServerResponse, { status, body }: Reply): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": isText ? "text/plain; version=0.0.4" : "application/json",
    "cache-control": "no-store",
  });
  response.end(isText ? body : JSON.stringify(body));
}
