import { expect } from "chai";
import type { AddressLike, Signer } from "ethers";

import { Refusal, UINT256_MAX, ethers, loadFixture, time, openExchange } from "../support/exchange.ts";

type Exchange = Awaited<ReturnType<typeof openExchange>>;

const ORDER = {
  Order: [
    { name: "account", type: "address" },
    { name: "tokenIn", type: "address" },
    { name: "tokenOut", type: "address" },
    { name: "amountIn", type: "uint256" },
    { name: "amountOut", type: "uint256" },
    { name: "exactOut", type: "bool" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

async function domainOf({ pool }: Exchange) {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "ExchangePool", version: "1", chainId, verifyingContract: await pool.getAddress() };
}

/** Ann's order: 900 乡村基 for at least 8,000 汉堡王, unless said otherwise. */
async function orderOf(exchange: Exchange, changes: { account?: string; [field: string]: unknown } = {}) {
  const { ann, countryPoint, burgerPoint } = exchange;
  return {
    ...{ account: await ann.getAddress() },
    ...{ tokenIn: await countryPoint.getAddress(), tokenOut: await burgerPoint.getAddress() },
    ...{ amountIn: 900n, amountOut: 8_000n, exactOut: false, nonce: 0n, deadline: UINT256_MAX },
    ...changes,
  };
}

async function sign(exchange: Exchange, signer: Signer, order: object, domain: object = {}) {
  return signer.signTypedData({ ...(await domainOf(exchange)), ...domain }, ORDER, order);
}

describe("ExchangePool: orders by signature", () => {
  it("publishes its domain", async () => {
    const exchange = await loadFixture(openExchange);
    const domain = await domainOf(exchange);
    expect(await exchange.pool.DOMAIN_SEPARATOR()).to.equal(ethers.TypedDataEncoder.hashDomain(domain));
    const { name, version, chainId, verifyingContract, salt, extensions, fields } = await exchange.pool.eip712Domain();
    expect({ name, version, chainId, verifyingContract }).to.deep.equal(domain);
    expect([salt, [...extensions], fields]).to.deep.equal([ethers.ZeroHash, [], "0x0f"]);
  });

  it("runs an exact-in order for its account, whoever brings it", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, ann, stranger, countryPoint, burgerPoint } = exchange;
    const order = await orderOf(exchange);
    const epoch = await burgerPoint.currentEpoch();
    const signature = await sign(exchange, ann, order);
    const answer = await pool.connect(stranger).swapBySig.staticCall(order, signature);
    expect([answer.amountIn, answer.amountOut]).to.deep.equal([900n, 8_000n]);
    await expect(pool.connect(stranger).swapBySig(order, signature))
      .to.emit(pool, "Swapped")
      .withArgs(ann, countryPoint, burgerPoint, 900n, 900n * 80_000_000_000_000n, 8_000n, epoch);
    expect(await pool["nonces(address)"](ann)).to.equal(1n);
  });

  it("runs an exact-out order", async () => {
    const exchange = await loadFixture(openExchange);
    const order = await orderOf(exchange, { exactOut: true, amountIn: 1_000n, amountOut: 8_001n });
    await exchange.pool.swapBySig(order, await sign(exchange, exchange.ann, order));
    expect(await exchange.countryPoint.balanceOf(exchange.ann)).to.equal(5_000_000n - 901n);
  });

  it("accepts a contract's signature (ERC-1271)", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, bob, stranger, countryPoint, burgerPoint } = exchange;
    const wallet = await ethers.deployContract("Erc1271Wallet", [bob]);
    await countryPoint.give(wallet, 0n, 900n);
    const order = await orderOf(exchange, { account: await wallet.getAddress() });
    await expect(pool.swapBySig(order, await sign(exchange, stranger, order)))
      .to.be.revertedWithCustomError(pool, "ExchangeSignatureInvalid")
      .withArgs(wallet);
    await pool.swapBySig(order, await sign(exchange, bob, order));
    expect(await burgerPoint.balanceOf(wallet)).to.equal(8_000n);
  });

  it("runs an order once", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, ann } = exchange;
    const order = await orderOf(exchange);
    const signature = await sign(exchange, ann, order);
    await pool.swapBySig(order, signature);
    await expect(pool.swapBySig(order, signature))
      .to.be.revertedWithCustomError(pool, "InvalidAccountNonce")
      .withArgs(ann, 1n);
  });

  it("lets orders with different nonce keys come in any order", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, ann } = exchange;
    for (const nonce of [7n << 64n, 3n << 64n, (7n << 64n) + 1n, 0n]) {
      const order = await orderOf(exchange, { nonce });
      await pool.swapBySig(order, await sign(exchange, ann, order));
    }
    expect(await pool["nonces(address,uint192)"](ann, 7n)).to.equal((7n << 64n) + 2n);
  });

  it("leaves the nonce alone when the swap is refused", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, ann } = exchange;
    const order = await orderOf(exchange, { amountOut: 8_001n });
    await expect(pool.swapBySig(order, await sign(exchange, ann, order)))
      .to.be.revertedWithCustomError(pool, "ExchangeRefused")
      .withArgs(Refusal.Slippage);
    expect(await pool["nonces(address)"](ann)).to.equal(0n);
  });

  it("runs in the second of its deadline and not later", async () => {
    const exchange = await loadFixture(openExchange);
    const { pool, ann } = exchange;
    const deadline = (await time.latest()) + 50;
    const orders = [await orderOf(exchange, { deadline }), await orderOf(exchange, { deadline, nonce: 1n })];
    await time.setNextBlockTimestamp(deadline);
    await pool.swapBySig(orders[0]!, await sign(exchange, ann, orders[0]!));
    await expect(pool.swapBySig(orders[1]!, await sign(exchange, ann, orders[1]!)))
      .to.be.revertedWithCustomError(pool, "ExchangeRefused")
      .withArgs(Refusal.DeadlinePassed);
  });

  describe("refuses a signature", () => {
    const forged: [string, (exchange: Exchange, order: object) => Promise<string>][] = [
      ["of another signer", (e, order) => sign(e, e.bob, order)],
      ["for another chain", (e, order) => sign(e, e.ann, order, { chainId: 1n })],
      [
        "for another contract",
        async (e, order) => sign(e, e.ann, order, { verifyingContract: await e.alp.getAddress() }),
      ],
      ["for another version", (e, order) => sign(e, e.ann, order, { version: "2" })],
      ["that is flipped to its malleable twin", async (e, order) => flip(await sign(e, e.ann, order))],
      ["in the 64-byte form", async (e, order) => ethers.Signature.from(await sign(e, e.ann, order)).compactSerialized],
      ["that is empty", () => Promise.resolve("0x")],
    ];
    for (const [why, forge] of forged) {
      it(why, async () => {
        const exchange = await loadFixture(openExchange);
        const order = await orderOf(exchange);
        await expect(exchange.pool.swapBySig(order, await forge(exchange, order)))
          .to.be.revertedWithCustomError(exchange.pool, "ExchangeSignatureInvalid")
          .withArgs(exchange.ann);
      });
    }

    for (const changes of [
      { account: "bob" as const },
      { tokenIn: "burgerPoint" as const },
      { tokenOut: "countryPoint" as const },
      { amountIn: 901n },
      { amountOut: 1n },
      { exactOut: true },
      { nonce: 1n },
      { deadline: 1n },
    ]) {
      it(`of an order whose ${Object.keys(changes).join()} was changed`, async () => {
        const exchange = await loadFixture(openExchange);
        const signature = await sign(exchange, exchange.ann, await orderOf(exchange));
        const resolved: Record<string, unknown> = {};
        for (const [field, value] of Object.entries(changes)) {
          resolved[field] = typeof value === "string" ? await addressOf(exchange[value as "bob"]) : value;
        }
        const order = await orderOf(exchange, resolved);
        await expect(exchange.pool.swapBySig(order, signature)).to.be.revertedWithCustomError(
          exchange.pool,
          "ExchangeSignatureInvalid",
        );
      });
    }

    it("of nobody", async () => {
      const exchange = await loadFixture(openExchange);
      const order = await orderOf(exchange, { account: ethers.ZeroAddress });
      await expect(exchange.pool.swapBySig(order, await sign(exchange, exchange.ann, order)))
        .to.be.revertedWithCustomError(exchange.pool, "ExchangeSignatureInvalid")
        .withArgs(ethers.ZeroAddress);
    });
  });
});

async function addressOf(account: AddressLike): Promise<string> {
  return ethers.resolveAddress(account);
}

/** The other signature that ECDSA would take for the same message: s → n − s, v flipped. */
function flip(signature: string): string {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const { r, s, v } = ethers.Signature.from(signature);
  return ethers.concat([r, ethers.toBeHex(order - BigInt(s), 32), ethers.toBeHex(v === 27 ? 28 : 27, 1)]);
}
