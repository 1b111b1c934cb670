// SPDX-License-Identifier: Apache-2.0
// DIMO's contracts by chain id. A local chain's are given by --registry, or stand in its chain.json.

export interface DimoAddresses {
  readonly registry: string;
  /** ManufacturerId. */
  readonly nodes: string;
  /** AftermarketDeviceId. */
  readonly devices: string;
}

export const dimoAddresses: Readonly<Record<string, DimoAddresses>> = {
  // Polygon
  "137": {
    registry: "0xFA8beC73cebB9D88FF88a2f75E7D7312f2Fd39EC",
    nodes: "0x3b07e2A2ABdd0A9B8F7878bdE6487c502164B9dd",
    devices: "0x9c94C395cBcBDe662235E0A9d3bB87Ad708561BA",
  },
  // Amoy
  "80002": {
    registry: "0x5eAA326fB2fc97fAcCe6A79A304876daD0F2e96c",
    nodes: "0xA4ad0F9c722588910791A9BAC63ADbB365614Bc7",
    devices: "0x325b45949C833986bC98e98a49F3CA5C5c4643B5",
  },
};
