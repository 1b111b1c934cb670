// SPDX-License-Identifier: Apache-2.0
// UTCTime and GeneralizedTime as RFC 5280 §4.1.2.5 narrows them: seconds present, Z, UTCTime for 1950–2049 alone.
import { TouchmarkError } from "../errors.ts";

/** RFC 5280 §4.1.2.5: no well-defined expiration date, 9999-12-31T23:59:59Z, in unix seconds. */
export const NO_EXPIRY = 253_402_300_799;

const FIRST_UTC_YEAR = 1950;
const FIRST_GENERAL_YEAR = 2050;

/** Text of the time and whether it is a GeneralizedTime. `seconds`: unix, a whole number up to NO_EXPIRY. */
export function encodeTime(seconds: number): { text: string; general: boolean } {
  const digits = new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.000/g, "");
  const general = Number(digits.slice(0, 4)) >= FIRST_GENERAL_YEAR;
  return { text: general ? digits : digits.slice(2), general };
}

/** @throws DER_MALFORMED for what is no date, CERT_PROFILE for the wrong one of the two types. */
export function decodeTime(text: string, general: boolean): number {
  const digits = general ? text : `${Number(text.slice(0, 2)) >= FIRST_UTC_YEAR % 100 ? "19" : "20"}${text}`;
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(digits)?.slice(1).map(Number);
  if (!parts) throw new TouchmarkError("DER_MALFORMED", { data: { what: "time", text } });
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  // Date.UTC carries over: 31 February or 24:00 come back as another text.
  if (year < FIRST_UTC_YEAR || compact(seconds) !== digits)
    throw new TouchmarkError("DER_MALFORMED", { data: { what: "time", text } });
  if (general && year < FIRST_GENERAL_YEAR) throw new TouchmarkError("CERT_PROFILE", { data: { what: "time", text } });
  return seconds;
}

function compact(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.000/g, "");
}
