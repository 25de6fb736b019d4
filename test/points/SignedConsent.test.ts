import { expect } from "chai";
import type { TypedDataDomain } from "ethers";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, issueAges, load, monthly, type Token } from "../support/fixture.ts";
import { DAY } from "../support/time.ts";

const { ann, bob, regulator, relayer, shop, stranger } = actors;
const REF = ethers.id("order 1");
const NONCE = ethers.id("nonce 1");
const GOODS = 1n;

const TYPES = {
  Permit: ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"],
  Redeem: ["address holder", "uint256 points", "uint8 kind", "bytes32 ref", "uint256 deadline"],
  Hold: [
    ...["address holder", "uint256 points", "uint8 kind", "bytes32 ref"],
    ...["uint64 releaseAt", "uint256 deadline"],
  ],
  TransferWithAuthorization: [
    ...["address from", "address to", "uint256 value"],
    ...["uint256 validAfter", "uint256 validBefore", "bytes32 nonce"],
  ],
} as const;

type Signer = { signTypedData: typeof ann.signTypedData };

function sign(signer: Signer, domain: TypedDataDomain, name: keyof typeof TYPES, message: Record<string, unknown>) {
  const fields = TYPES[name].map((field) => {
    const [type, label] = field.split(" ");
    return { type: type!, name: label! };
  });
  return signer.signTypedData(domain, { [name]: fields }, message);
}

async function domainOf(token: Token): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** Ann has 100 points of each live month; so has a contract wallet that Bob owns. */
async function stocked() {
  const deployed = await monthly();
  const wallet = await ethers.deployContract("Erc1271Wallet", [bob]);
  const walletAddress = await wallet.getAddress();
  await issueAges(deployed.token, ann, [100n, 100n, 100n, 100n]);
  await issueAges(deployed.token, { address: walletAddress }, [100n, 0n, 0n, 0n]);
  const now = await networkHelpers.time.latest();
  return { ...deployed, walletAddress, now, deadline: now + DAY, domain: await domainOf(deployed.token) };
}

describe("SignedConsent", () => {
  it("tells its domain, which binds chain, token and version", async () => {
    const { token, domain } = await load(stocked);
    const { chainId } = await ethers.provider.getNetwork();
    expect(domain).to.deep.equal({
      name: "Country Style Points",
      version: "1",
      chainId,
      verifyingContract: await token.getAddress(),
    });
    expect(await token.DOMAIN_SEPARATOR()).to.equal(ethers.TypedDataEncoder.hashDomain(domain));
    expect((await token.eip712Domain()).fields).to.equal("0x0f");
  });

  describe("to a redemption", () => {
    it("burns the holder's points, relayed by anyone", async () => {
      const { token, domain, deadline } = await load(stocked);
      const message = { holder: ann.address, points: 150n, kind: GOODS, ref: REF, deadline };
      const signature = await sign(ann, domain, "Redeem", message);
      await expect(token.connect(relayer).redeemBySig(ann, 150n, GOODS, REF, deadline, signature))
        .to.emit(token, "Redeemed")
        .withArgs(ann, REF, GOODS, 150n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 50n, 0n]);
    });

    it("holds the holder's points, relayed by anyone", async () => {
      const { token, domain, deadline } = await load(stocked);
      const releaseAt = deadline + DAY;
      const message = { holder: ann.address, points: 150n, kind: GOODS, ref: REF, releaseAt, deadline };
      const signature = await sign(ann, domain, "Hold", message);
      const hold = token.connect(relayer).holdBySig(ann, 150n, GOODS, REF, releaseAt, deadline, signature);
      await expect(hold).to.emit(token, "Held").withArgs(ann, REF, GOODS, 150n, releaseAt);
    });

    it("serves once: the ref is its nonce", async () => {
      const { token, domain, deadline } = await load(stocked);
      const message = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, deadline };
      const signature = await sign(ann, domain, "Redeem", message);
      await token.redeemBySig(ann, 10n, GOODS, REF, deadline, signature);
      await expect(token.redeemBySig(ann, 10n, GOODS, REF, deadline, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionExists")
        .withArgs(ann, REF);
    });

    it("comes from a contract account by ERC-1271", async () => {
      const { token, domain, deadline, walletAddress } = await load(stocked);
      const message = { holder: walletAddress, points: 40n, kind: GOODS, ref: REF, deadline };
      const signed = await sign(bob, domain, "Redeem", message);
      await token.connect(relayer).redeemBySig(walletAddress, 40n, GOODS, REF, deadline, signed);
      expect(await token.balanceOf(walletAddress)).to.equal(60n);
      const forged = await sign(stranger, domain, "Redeem", { ...message, ref: NONCE });
      await expect(token.redeemBySig(walletAddress, 40n, GOODS, NONCE, deadline, forged))
        .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
        .withArgs(walletAddress);
    });

    it("ends after the last second of its deadline", async () => {
      const { token, domain, deadline } = await load(stocked);
      const releaseAt = deadline + DAY;
      const redeem = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, deadline };
      const redeemSignature = await sign(ann, domain, "Redeem", redeem);
      const holdSignature = await sign(ann, domain, "Hold", { ...redeem, releaseAt });
      await networkHelpers.time.setNextBlockTimestamp(deadline + 1);
      for (const use of [
        () => token.redeemBySig(ann, 10n, GOODS, REF, deadline, redeemSignature),
        () => token.holdBySig(ann, 10n, GOODS, REF, releaseAt, deadline, holdSignature),
      ]) {
        await expect(use()).to.be.revertedWithCustomError(token, "MerchantPointSignatureExpired").withArgs(deadline);
      }
      await networkHelpers.time.setNextBlockTimestamp(deadline);
      await token.redeemBySig(ann, 10n, GOODS, REF, deadline, redeemSignature);
    });

    describe("is refused when", () => {
      const tampered: [string, { points?: bigint; kind?: bigint; ref?: string; deadline?: number }][] = [
        ["more points are asked", { points: 11n }],
        ["the kind differs", { kind: 0n }],
        ["the ref differs", { ref: NONCE }],
        ["the deadline was moved", { deadline: 4_000_000_000 }],
      ];
      for (const [why, change] of tampered) {
        it(why, async () => {
          const { token, domain, deadline } = await load(stocked);
          const message = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, deadline };
          const signature = await sign(ann, domain, "Redeem", message);
          const asked = { ...message, ...change };
          await expect(token.redeemBySig(ann, asked.points, asked.kind, asked.ref, asked.deadline, signature))
            .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
            .withArgs(ann);
        });
      }

      it("its time of release was moved", async () => {
        const { token, domain, deadline } = await load(stocked);
        const message = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, releaseAt: deadline, deadline };
        const signature = await sign(ann, domain, "Hold", message);
        await expect(token.holdBySig(ann, 10n, GOODS, REF, deadline + 1, deadline, signature))
          .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
          .withArgs(ann);
      });

      const foreign: [string, (domain: TypedDataDomain) => TypedDataDomain][] = [
        ["another chain", (domain) => ({ ...domain, chainId: 1n })],
        ["another token", (domain) => ({ ...domain, verifyingContract: stranger.address })],
        ["another version", (domain) => ({ ...domain, version: "2" })],
        ["another name", (domain) => ({ ...domain, name: "Other Points" })],
      ];
      for (const [what, change] of foreign) {
        it(`it was signed for ${what}`, async () => {
          const { token, domain, deadline } = await load(stocked);
          const message = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, deadline };
          const signature = await sign(ann, change(domain), "Redeem", message);
          await expect(token.redeemBySig(ann, 10n, GOODS, REF, deadline, signature))
            .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
            .withArgs(ann);
        });
      }

      it("somebody else signed, or it is no signature at all", async () => {
        const { token, domain, deadline } = await load(stocked);
        const message = { holder: ann.address, points: 10n, kind: GOODS, ref: REF, deadline };
        for (const signature of [await sign(stranger, domain, "Redeem", message), "0x", "0x1234"]) {
          await expect(token.redeemBySig(ann, 10n, GOODS, REF, deadline, signature))
            .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
            .withArgs(ann);
        }
      });
    });
  });

  describe("to a transfer (ERC-3009)", () => {
    const order = (now: number) => ({
      from: ann.address,
      to: shop.address,
      value: 150n,
      validAfter: now - 1,
      nonce: NONCE,
      validBefore: now + DAY,
    });

    async function send(token: Token, message: ReturnType<typeof order>, signature: string) {
      const { from, to, value, validAfter, validBefore, nonce } = message;
      return token
        .connect(relayer)
        .transferWithAuthorization(from, to, value, validAfter, validBefore, nonce, signature);
    }

    it("moves oldest first, once, and only to the receiver it names", async () => {
      const { token, domain, now } = await load(stocked);
      const message = order(now);
      const signature = await sign(ann, domain, "TransferWithAuthorization", message);
      await expect(send(token, { ...message, to: stranger.address }, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointSignatureInvalid")
        .withArgs(ann);
      expect(await token.authorizationState(ann, NONCE)).to.equal(false);
      await expect(send(token, message, signature))
        .to.emit(token, "AuthorizationUsed")
        .withArgs(ann, NONCE)
        .and.to.emit(token, "Transfer")
        .withArgs(ann, shop, 150n);
      expect(await agesAt(token, shop)).to.deep.equal([0n, 0n, 50n, 100n]);
      expect(await token.authorizationState(ann, NONCE)).to.equal(true);
      await expect(send(token, message, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointAuthorizationUsed")
        .withArgs(ann, NONCE);
    });

    it("is valid strictly between its two times", async () => {
      const { token, domain, now } = await load(stocked);
      const message = { ...order(now), validAfter: now + 100, validBefore: now + 102 };
      const signature = await sign(ann, domain, "TransferWithAuthorization", message);
      await networkHelpers.time.setNextBlockTimestamp(now + 100);
      await expect(send(token, message, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointAuthorizationNotYetValid")
        .withArgs(now + 100);
      await networkHelpers.time.setNextBlockTimestamp(now + 102);
      await expect(send(token, message, signature))
        .to.be.revertedWithCustomError(token, "MerchantPointSignatureExpired")
        .withArgs(now + 102);
      await networkHelpers.time.setNextBlockTimestamp(now + 101);
      await send(token, message, signature);
    });

    it("comes from a contract account by ERC-1271", async () => {
      const { token, domain, now, walletAddress } = await load(stocked);
      const message = { ...order(now), from: walletAddress, value: 30n };
      await send(token, message, await sign(bob, domain, "TransferWithAuthorization", message));
      expect(await token.balanceOf(walletAddress)).to.equal(70n);
    });

    it("is no way round a freeze, and stays unused", async () => {
      const { token, domain, now } = await load(stocked);
      const signature = await sign(ann, domain, "TransferWithAuthorization", order(now));
      await token.connect(regulator).freeze(ann, CASE);
      await expect(send(token, order(now), signature))
        .to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen")
        .withArgs(ann);
      expect(await token.authorizationState(ann, NONCE)).to.equal(false);
    });
  });

  describe("to an allowance (ERC-2612)", () => {
    async function permitted() {
      const deployed = await stocked();
      const message = { owner: ann.address, spender: shop.address, value: 90n, nonce: 0n, deadline: deployed.deadline };
      const { v, r, s } = ethers.Signature.from(await sign(ann, deployed.domain, "Permit", message));
      const permit = (spender = shop.address, value = 90n, deadline = deployed.deadline) =>
        deployed.token.connect(relayer).permit(ann, spender, value, deadline, v, r, s);
      return { ...deployed, permit };
    }

    it("approves for the owner and uses its nonce up", async () => {
      const { token, permit } = await load(permitted);
      await expect(permit()).to.emit(token, "Approval").withArgs(ann, shop, 90n);
      expect(await token.allowance(ann, shop)).to.equal(90n);
      expect(await token.nonces(ann)).to.equal(1n);
      await expect(permit()).to.be.revertedWithCustomError(token, "ERC2612InvalidSigner");
    });

    it("used by a front-runner still does the owner's will: the allowance is there for the spender", async () => {
      const { token, permit } = await load(permitted);
      await permit();
      await expect(permit()).to.be.revertedWithCustomError(token, "ERC2612InvalidSigner");
      await token.connect(shop).transferFrom(ann, shop, 90n);
      expect(await token.balanceOf(shop)).to.equal(90n);
    });

    it("ends after its deadline", async () => {
      const { token, permit, deadline } = await load(permitted);
      await networkHelpers.time.setNextBlockTimestamp(deadline + 1);
      await expect(permit()).to.be.revertedWithCustomError(token, "ERC2612ExpiredSignature").withArgs(deadline);
    });

    it("names the signer it found when anything was changed", async () => {
      const { token, permit } = await load(permitted);
      for (const forged of [() => permit(stranger.address), () => permit(shop.address, 91n)]) {
        await expect(forged()).to.be.revertedWithCustomError(token, "ERC2612InvalidSigner");
      }
      expect(await token.nonces(ann)).to.equal(0n);
    });

    it("cannot be made from garbage", async () => {
      const { token, deadline } = await load(permitted);
      await expect(
        token.permit(ann, shop, 1n, deadline, 27, ethers.ZeroHash, ethers.ZeroHash),
      ).to.be.revertedWithCustomError(token, "ECDSAInvalidSignature");
    });
  });
});
