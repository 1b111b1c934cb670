// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

interface IReturns {
    function returned(uint256 tokenId) external returns (address manufacturer);
}

/// @title Stand-in for DIMO's AftermarketDeviceId: the registry mints, burns and moves, as far as it is approved
contract DevDimoDevices is ERC721 {
    address public immutable _dimoRegistry;
    uint256 private _last;

    modifier onlyRegistry() {
        require(msg.sender == _dimoRegistry, "registry");
        _;
    }

    constructor(address registry) ERC721("Aftermarket Device Id", "AD") {
        _dimoRegistry = registry;
    }

    function mint(address to) external onlyRegistry returns (uint256) {
        _mint(to, ++_last);
        return _last;
    }

    function burn(uint256 tokenId) external onlyRegistry {
        _burn(tokenId);
    }

    function returnToManufacturer(uint256 tokenId) external {
        transferFrom(msg.sender, IReturns(_dimoRegistry).returned(tokenId), tokenId);
    }
}
