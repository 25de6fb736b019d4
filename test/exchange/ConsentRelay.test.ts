import { expect } from "chai";
import { TypedDataEncoder } from "ethers";

import type { Ledger } from "../support/alliance.ts";
import { createLedger } from "../support/alliance.ts";
import { nodeOf, signRoot, wrap } from "../support/composite.ts";
import type { Merchant } from "../support/merchants.ts";
import { admitMerchant, BURGER, COUNTRY_STYLE } from "../support/merchants.ts";
import { DAY } from "../support/time.ts";

const fields = (text: string) => text.split(",").map((one) => ({ type: one.split(" ")[0]!, name: one.split(" ")[1]! }));
const ORDER = {
  Order: fields(
    "address account,address tokenIn,address tokenOut,uint256 amountIn,uint256 amountOut,bool exactOut,uint256 nonce,uint256 deadline",
  ),
};
const HOLD = { Hold: fields("address holder,uint256 points,uint8 kind,bytes32 ref,uint64 releaseAt,uint256 deadline") };
const DEDUCTION = 0n;
const IN = 10_000n;
/** 100 points at 80 % of face value buy 888.88 points at 90 %. */
const OUT = 88_888n;

describe("ConsentRelay", () => {
  let ledger: Ledger;
  let country: Merchant;
  let burger: Merchant;
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    country = await admitMerchant(ledger, 0, COUNTRY_STYLE);
    burger = await admitMerchant(ledger, 1, BURGER);
    const customer = ledger.actors.customers[0]!;
    await country.token.connect(country.till).issue(customer, IN, ledger.ethers.id("first purchase"));
  });

  beforeEach(async () => {
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });
  afterEach(() => restore());

  async function domainOf(contract: {
    eip712Domain(): Promise<{ name: string; version: string; chainId: bigint; verifyingContract: string }>;
  }) {
    const { name, version, chainId, verifyingContract } = await contract.eip712Domain();
    return { name, version, chainId, verifyingContract };
  }

  /** "Swap 乡村基 into 汉堡王 and hold `points` of them for this order", signed once. */
  async function oneSignature(points: bigint, amountOut = OUT) {
    const { actors, ethers, exchangePool, networkHelpers } = ledger;
    const customer = actors.customers[0]!;
    const deadline = (await networkHelpers.time.latest()) + DAY;
    const [tokenIn, tokenOut] = [await country.token.getAddress(), await burger.token.getAddress()];
    const order = {
      account: customer.address,
      tokenIn,
      tokenOut,
      amountIn: IN,
      amountOut,
      exactOut: false,
      nonce: 0n,
      deadline,
    };
    const ref = ethers.id("lunch");
    const hold = { holder: customer.address, points, kind: DEDUCTION, ref, releaseAt: deadline, deadline };
    const pool = await domainOf(exchangePool);
    const swapLeaf = TypedDataEncoder.hash(pool, ORDER, order);
    const holdLeaf = TypedDataEncoder.hash(await domainOf(burger.token), HOLD, hold);
    const signed = await signRoot(customer, pool.chainId, nodeOf(swapLeaf, holdLeaf));
    const holding = [customer.address, points, DEDUCTION, ref, deadline, deadline, wrap([swapLeaf], signed)] as const;
    return {
      customer,
      ref,
      swap: {
        target: await exchangePool.getAddress(),
        data: exchangePool.interface.encodeFunctionData("swapBySig", [order, wrap([holdLeaf], signed)]),
      },
      hold: { target: tokenOut, data: burger.token.interface.encodeFunctionData("holdBySig", [...holding]) },
    };
  }

  it("swaps and holds in one transaction on one signature", async () => {
    const { customer, ref, swap, hold } = await oneSignature(80_000n);
    const relayed = ledger.consentRelay.connect(ledger.actors.relayer).relay([swap, hold]);
    await expect(relayed).to.emit(burger.token, "Held");
    expect(await country.token.balanceOf(customer)).to.equal(0n);
    expect(await burger.token.balanceOf(customer)).to.equal(OUT - 80_000n);
    expect((await burger.token.redemptionOf(customer, ref)).state).to.equal(1n);
  });

  it("undoes the swap when the hold is refused, and passes the hold's own error on", async () => {
    const { customer, swap, hold } = await oneSignature(OUT + 1n);
    await expect(ledger.consentRelay.relay([swap, hold])).to.be.revertedWithCustomError(
      burger.token,
      "ERC20InsufficientBalance",
    );
    expect(await country.token.balanceOf(customer)).to.equal(IN);
  });

  it("holds nothing when the swap is refused", async () => {
    const { swap, hold } = await oneSignature(80_000n, OUT + 1n);
    await expect(ledger.consentRelay.relay([swap, hold])).to.be.revertedWithCustomError(
      ledger.exchangePool,
      "ExchangeRefused",
    );
  });

  it("carries a consent out once, together or alone", async () => {
    const { customer, swap, hold } = await oneSignature(80_000n);
    await ledger.actors.outsider.sendTransaction({ to: swap.target, data: swap.data });
    await ledger.consentRelay.relay([hold]);
    await expect(ledger.consentRelay.relay([swap]))
      .to.be.revertedWithCustomError(ledger.exchangePool, "InvalidAccountNonce")
      .withArgs(customer, 1n);
    await expect(ledger.consentRelay.relay([hold])).to.be.revertedWithCustomError(
      burger.token,
      "MerchantPointRedemptionExists",
    );
  });

  it("calls nothing that asks for no signature, even as a till or a spender", async () => {
    const { consentRelay, actors, ethers } = ledger;
    const { token, controller } = country;
    const [relay, customer, outsider] = [await consentRelay.getAddress(), actors.customers[0]!, actors.outsider];
    await token.connect(controller).setTill(relay, 1_000_000n);
    await token.connect(customer).approve(relay, IN);
    const target = await token.getAddress();
    const calls = [
      token.interface.encodeFunctionData("issue", [outsider.address, 1n, ethers.id("theft")]),
      token.interface.encodeFunctionData("transferFrom", [customer.address, outsider.address, 1n]),
      token.interface.encodeFunctionData("approve", [outsider.address, 1n]),
      token.interface.encodeFunctionData("release", [customer.address, ethers.id("lunch")]),
    ];
    for (const data of calls) {
      await expect(consentRelay.relay([{ target, data }]))
        .to.be.revertedWithCustomError(consentRelay, "RelayCallRefused")
        .withArgs(target, data.slice(0, 10));
    }
    await expect(consentRelay.relay([{ target, data: "0x" }]))
      .to.be.revertedWithCustomError(consentRelay, "RelayCallRefused")
      .withArgs(target, "0x00000000");
  });

  it("refuses an empty row, and what is no contract", async () => {
    const { consentRelay, actors } = ledger;
    await expect(consentRelay.relay([])).to.be.revertedWithCustomError(consentRelay, "RelayEmpty");
    const { swap } = await oneSignature(1n);
    await expect(consentRelay.relay([{ ...swap, target: actors.outsider.address }]))
      .to.be.revertedWithCustomError(consentRelay, "RelayTargetInvalid")
      .withArgs(actors.outsider.address);
  });

  it("says which call failed without a word", async () => {
    const { consentRelay, swap } = { ...ledger, ...(await oneSignature(1n)) };
    const silent = await consentRelay.getAddress();
    await expect(consentRelay.relay([swap, { ...swap, target: silent }]))
      .to.be.revertedWithCustomError(consentRelay, "RelayCallFailed")
      .withArgs(1n);
  });

  it("keeps nothing and takes no money", async () => {
    const target = await ledger.consentRelay.getAddress();
    await expect(ledger.actors.outsider.sendTransaction({ to: target, value: 1n })).to.revert(ledger.ethers);
    expect(await ledger.ethers.provider.getStorage(target, 0)).to.equal(ledger.ethers.ZeroHash);
  });
});
