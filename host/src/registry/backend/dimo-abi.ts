// SPDX-License-Identifier: Apache-2.0
// What we call of DIMO's contracts, with their own names (DIMO-Network/dimo-identity, its Stake and DimoCredit).

const pairs = "(string attribute, string info)[] attrInfoPairs";

export const dimoRegistryAbi = [
  `function mintAftermarketDeviceByManufacturerBatch(uint256 manufacturerNode, (address addr, ${pairs})[] adInfos)`,
  "function claimAftermarketDevice(uint256 aftermarketDeviceNode, bytes aftermarketDeviceSig)",
  "function pairAftermarketDeviceWithAdSig(uint256 aftermarketDeviceNode, uint256 vehicleNode, bytes aftermarketDeviceSig)",
  "function unpairAftermarketDevice(uint256 aftermarketDeviceNode, uint256 vehicleNode)",
  "function resetAftermarketDeviceAddressByManufacturerBatch((uint256 aftermarketDeviceNodeId, address deviceAddress)[] adIdAddrs)",
  "function reprovisionAftermarketDeviceByManufacturerBatch(uint256[] aftermarketDeviceNodeList)",
  "function getAftermarketDeviceIdByAddress(address addr) view returns (uint256)",
  "function getAftermarketDeviceAddressById(uint256 nodeId) view returns (address)",
  "function isAftermarketDeviceClaimed(uint256 nodeId) view returns (bool)",
  "function getParentNode(address idProxyAddress, uint256 tokenId) view returns (uint256)",
  "function getInfo(address idProxyAddress, uint256 tokenId, string attribute) view returns (string)",
  "function getLink(address idProxyAddress, uint256 nodeId) view returns (uint256)",
  "function getManufacturerLicense() view returns (address)",
  "function getDimoCredit() view returns (address)",
  "function getDcxOperationCost(bytes32 operation) view returns (uint256)",
  "event ManufacturerIdProxySet(address indexed proxy)",
  "event AftermarketDeviceIdProxySet(address indexed proxy)",
  "event AftermarketDeviceNodeMinted(uint256 indexed manufacturerId, uint256 tokenId, address indexed aftermarketDeviceAddress, address indexed owner)",
  "event AftermarketDeviceClaimed(uint256 aftermarketDeviceNode, address indexed owner)",
  "event AftermarketDeviceUnclaimed(uint256 indexed aftermarketDeviceNode, address indexed owner)",
  "event AftermarketDevicePaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner)",
  "event AftermarketDeviceUnpaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner)",
  "event AftermarketDeviceAddressReset(uint256 indexed manufacturerId, uint256 indexed tokenId, address indexed aftermarketDeviceAddress)",
  "error DeviceAlreadyRegistered(address addr)",
  "error DeviceAlreadyClaimed(uint256 id)",
  "error InvalidAdSignature()",
  "error AdNotClaimed(uint256 id)",
  "error AdPaired(uint256 id)",
  "error AdNotPaired(uint256 id)",
  "error VehiclePaired(uint256 id)",
  "error VehicleNotPaired(uint256 id)",
  "error InvalidLicense()",
  "error InvalidParentNode(uint256 id)",
  "error InvalidNode(address idProxy, uint256 id)",
  "error Unauthorized(address addr)",
  "error AttributeNotWhitelisted(string attribute)",
];

/** ManufacturerId and AftermarketDeviceId. */
export const dimoTokenAbi = [
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function balanceOf(address owner) view returns (uint256)",
  "function hasPrivilege(uint256 tokenId, uint256 privId, address user) view returns (bool)",
  "function isApprovedForAll(address owner, address operator) view returns (bool)",
  "function setApprovalForAll(address operator, bool approved)",
  "function returnToManufacturer(uint256 tokenId)",
  "function _dimoRegistry() view returns (address)",
  "event ApprovalForAll(address indexed owner, address indexed operator, bool approved)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
  "error Unauthorized()",
];

/** Stake, which is the license. */
export const dimoStakeAbi = [
  "function balanceOf(address owner) view returns (uint256)",
  "function stakedBalanceOf(address owner) view returns (uint256)",
  "function minStakeAmount() view returns (uint256)",
];

/** DimoCredit. */
export const dimoCreditAbi = ["function balanceOf(address owner) view returns (uint256)"];
