// SPDX-License-Identifier: Apache-2.0

/** 15 digits, the last of them Luhn's check digit (3GPP TS 23.003 §6.2.1, annex B). */
export function isImei(text: string): boolean {
  if (!/^[0-9]{15}$/.test(text)) return false;
  let sum = 0;
  for (const [index, digit] of text.split("").entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
