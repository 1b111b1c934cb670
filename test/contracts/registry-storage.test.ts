// SPDX-License-Identifier: Apache-2.0
// Proofs of registrations read the registry's storage by protocol.json's slots: the compiler has to say the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { registryStorage } from "../../host/src/protocol/generated.ts";

const build = join(import.meta.dirname, "../../build/contracts");
const json = (path: string): unknown => JSON.parse(readFileSync(join(build, path), "utf8"));

interface Variable {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface Layout {
  readonly storage: readonly Variable[];
  readonly types: Readonly<
    Record<string, { readonly label: string; readonly numberOfBytes: string; readonly members?: readonly Variable[] }>
  >;
}

/** As solc printed it for the contract that the host deploys. */
function layoutOf(name: string, source: string): Layout {
  const artifact = json(`contracts/${source}/${name}.json`) as { inputSourceName: string; buildInfoId: string };
  const { output } = json(`build-info/${artifact.buildInfoId}.output.json`) as {
    output: { contracts: Record<string, Record<string, { storageLayout: Layout }>> };
  };
  const contract = output.contracts[artifact.inputSourceName]?.[name];
  if (contract === undefined) throw new Error(`${name} was not compiled`);
  return contract.storageLayout;
}

describe("the registry's storage", () => {
  const { storage, types } = layoutOf("DeviceRegistry", "src/registry/DeviceRegistry.sol");
  const typeOf = ({ type }: Variable): string => types[type]?.label ?? type;

  /** Keys and values as the slots' functions hash them. */
  const mappings: Readonly<Record<keyof typeof registryStorage.slot, string>> = {
    _units: "mapping(uint256 => struct Unit)",
    _infos: "mapping(uint256 => mapping(bytes32 => string))",
    _resetAddresses: "mapping(uint256 => address)",
    _aliases: "mapping(address => uint256)",
    batchCommitment: "mapping(ManufacturerNode => mapping(BatchId => bytes32))",
    _taken: "mapping(ManufacturerNode => mapping(BatchId => mapping(uint256 => uint256)))",
    _vehicleOf: "mapping(uint256 => uint256)",
  };
  for (const [name, slot] of Object.entries(registryStorage.slot))
    it(`C5 has ${name} where proofs look for it`, () => {
      const found = storage.filter(({ label }) => label === name);
      expect(found.map((each) => ({ slot: each.slot, offset: each.offset, type: typeOf(each) }))).to.deep.equal([
        { slot: `${slot}`, offset: 0, type: mappings[name as keyof typeof mappings] },
      ]);
    });

  it("C5 packs a unit as proofs unpack it", () => {
    const unit = Object.values(types).find(({ label }) => label === "struct Unit");
    const { fields, size } = registryStorage.unit;
    expect(unit?.numberOfBytes).to.equal(`${size}`);
    // solc counts bytes from the least significant.
    const packed = unit?.members?.map(({ label, slot, offset, type }) => {
      const bytes = Number(types[type]?.numberOfBytes);
      return { label, slot, offset: size - offset - bytes, size: bytes };
    });
    expect(packed).to.deep.equal(
      (["owner", "manufacturer", "nonce", "state"] as const).map((label) => ({ label, slot: "0", ...fields[label] })),
    );
  });

  it("C5 numbers a unit's states as proofs name them", () => {
    const source = readFileSync(join(import.meta.dirname, "../../contracts/src/registry/DeviceNode.sol"), "utf8");
    const [, members = ""] = /enum UnitState \{([^}]*)\}/.exec(source) ?? [];
    const names = members
      .replaceAll(/\/\/.*/g, "")
      .split(",")
      .map((name) => name.trim().toLowerCase());
    expect(names.map((name, at) => [name, at])).to.deep.equal(Object.entries(registryStorage.state));
  });
});
