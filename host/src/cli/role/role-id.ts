// SPDX-License-Identifier: Apache-2.0
import { type Contract, ZeroHash } from "ethers";
import { enums } from "../../protocol/generated.ts";
import { read } from "../../registry/transaction.ts";

type AuditKind = keyof typeof enums.auditKind;

const auditors = Object.keys(enums.auditKind).map((kind) => `${kind}-auditor`);

export const roleNames: readonly string[] = ["admin", "licensor", ...auditors];

/** The role's number in the contract, as the contract itself says it. */
export async function roleId(roles: Contract, name: string): Promise<string> {
  if (name === "admin") return ZeroHash; // OpenZeppelin's DEFAULT_ADMIN_ROLE
  if (name === "licensor") return await read<string>(roles, "LICENSOR");
  return await read<string>(roles, "auditorRole", enums.auditKind[name.replace("-auditor", "") as AuditKind]);
}
