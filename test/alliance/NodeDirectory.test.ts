import { expect } from "chai";
import { concat, dataSlice, getBytes, id, Wallet } from "ethers";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";

const HASH = "0x" + "11".repeat(32);
const IPV4 = "0xc0000201"; // 192.0.2.1
const IPV6 = "0x20010db8" + "00".repeat(11) + "01"; // 2001:db8::1
const PORT = 30_303;

/** The 64 bytes behind the leading 04. */
const publicKeyOf = ({ signingKey }: Wallet): string => dataSlice(signingKey.publicKey, 1);

describe("NodeDirectory", () => {
  let ledger: Ledger;
  let node: Wallet;
  let other: Wallet;
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    const { ethers, networkHelpers, alliance } = ledger;
    [node, other] = ["node", "other"].map((name) => new Wallet(id(name), ethers.provider)) as [Wallet, Wallet];
    for (const { address } of [node, other]) await networkHelpers.setBalance(address, 10n ** 21n);
    await alliance.admit("Org", "https://example.com/profile.json", HASH, "0x" + "05".repeat(20), node.address);
    const snapshot = await networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const announce = (by: Wallet, publicKey: string, host: string, port: number) =>
    ledger.nodeDirectory.connect(by).announce(publicKey, host, port);
  const endpointOf = async (address: string) => [...(await ledger.nodeDirectory.endpointOf(address))];

  it("knows nothing of a node that has said nothing", async () => {
    expect(await endpointOf(node.address)).to.deep.equal(["0x", "0x", 0n]);
  });

  for (const [what, host, port] of [
    ["IPv4", IPV4, PORT],
    ["IPv6", IPV6, PORT],
    ["the first port", IPV4, 1],
    ["the last port", IPV4, 65_535],
  ] as const) {
    it(`keeps what a member's node says: ${what}`, async () => {
      const { nodeDirectory } = ledger;
      await expect(announce(node, publicKeyOf(node), host, port))
        .to.emit(nodeDirectory, "NodeAnnounced")
        .withArgs(node.address, publicKeyOf(node), host, port);
      expect(await endpointOf(node.address)).to.deep.equal([publicKeyOf(node), host, BigInt(port)]);
    });
  }

  it("keeps the last word", async () => {
    await announce(node, publicKeyOf(node), IPV6, PORT);
    await announce(node, publicKeyOf(node), IPV4, PORT + 1);
    expect(await endpointOf(node.address)).to.deep.equal([publicKeyOf(node), IPV4, BigInt(PORT + 1)]);
  });

  describe("hears nodes of members only", () => {
    const refused = async (by: Wallet) => {
      await expect(announce(by, publicKeyOf(by), IPV4, PORT))
        .to.be.revertedWithCustomError(ledger.nodeDirectory, "NodeDirectoryNotMemberNode")
        .withArgs(by.address);
    };

    it("not strangers, and not the representative", async () => {
      await refused(other);
      await expect(ledger.nodeDirectory.connect(ledger.actors.founder).announce("0x", IPV4, PORT))
        .to.be.revertedWithCustomError(ledger.nodeDirectory, "NodeDirectoryNotMemberNode")
        .withArgs(ledger.actors.founder.address);
    });

    it("suspended members' too, who are to come back", async () => {
      await ledger.alliance.suspend(2n);
      await announce(node, publicKeyOf(node), IPV4, PORT);
    });

    it("not those of members that have left; what they said stays", async () => {
      await announce(node, publicKeyOf(node), IPV4, PORT);
      await ledger.alliance.expel(2n);
      await refused(node);
      expect(await endpointOf(node.address)).to.deep.equal([publicKeyOf(node), IPV4, BigInt(PORT)]);
    });

    it("not the old one of a member that has a new one", async () => {
      await ledger.alliance.changeNode(2n, other.address);
      await refused(node);
      await announce(other, publicKeyOf(other), IPV4, PORT);
    });
  });

  describe("refuses", () => {
    for (const [what, keyOf] of [
      ["no key", () => "0x"],
      ["another's key", () => publicKeyOf(other)],
      ["the key with its leading 04", () => node.signingKey.publicKey],
      ["the compressed key", () => node.signingKey.compressedPublicKey],
      ["the key and a byte more", () => concat([publicKeyOf(node), "0x00"])],
      ["the key less its last byte", () => dataSlice(publicKeyOf(node), 0, 63)],
    ] as const) {
      it(what, async () => {
        await expect(announce(node, keyOf(), IPV4, PORT))
          .to.be.revertedWithCustomError(ledger.nodeDirectory, "NodeDirectoryKeyInvalid")
          .withArgs(node.address);
      });
    }

    for (const host of ["0x", "0xc00002", "0xc000020100", dataSlice(IPV6, 0, 15), concat([IPV6, "0x00"])]) {
      it(`a host of ${getBytes(host).length} bytes`, async () => {
        await expect(announce(node, publicKeyOf(node), host, PORT)).to.be.revertedWithCustomError(
          ledger.nodeDirectory,
          "NodeDirectoryHostInvalid",
        );
      });
    }

    it("port 0", async () => {
      await expect(announce(node, publicKeyOf(node), IPV4, 0)).to.be.revertedWithCustomError(
        ledger.nodeDirectory,
        "NodeDirectoryHostInvalid",
      );
    });
  });
});
