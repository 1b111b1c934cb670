// SPDX-License-Identifier: Apache-2.0

/** One measured number; counts, never asserted times. */
export interface Figure {
  /** gas.announce, boot.flash … */
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** "<= 700" or ">= 1000", where there is one. */
  readonly budget?: string;
  /** Whose number it is to be read against. */
  readonly anchor?: string;
  readonly note?: string;
}

/** False where the value breaks its budget. */
export function isWithin({ value, budget }: Figure): boolean {
  if (budget === undefined) return true;
  const [relation, bound] = budget.split(" ");
  return relation === "<=" ? value <= Number(bound) : value >= Number(bound);
}
