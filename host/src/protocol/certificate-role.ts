// SPDX-License-Identifier: Apache-2.0

/** The four columns of protocol/certificates.md. */
export type Role = "root" | "line" | "device" | "ota";
