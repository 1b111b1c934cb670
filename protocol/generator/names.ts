// SPDX-License-Identifier: Apache-2.0

/** slotAHead → slot_a_head */
export const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/[-.]/g, "_")
    .toLowerCase();

/** slotAHead → SLOT_A_HEAD */
export const screaming = (name: string): string => snake(name).toUpperCase();
