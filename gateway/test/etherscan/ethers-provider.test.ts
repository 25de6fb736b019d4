/** The explorer's API by a client that was not made for it: ethers' own EtherscanProvider, as it comes from npm. */
import { expect } from "chai";
import { EtherscanProvider, FetchRequest, Network, Wallet, isError } from "ethers";
import type { FetchGetUrlFunc } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import type { ApiOver, PlayedChain } from "./stage.ts";
import { CHAIN_ID, openApi, playChain } from "./stage.ts";

/** Of its requests only the host is another: since version 6.16 it takes no other address of the API. */
function atHost(origin: string): FetchGetUrlFunc {
  const getUrl = FetchRequest.createGetUrlFunc();
  return (request, signal) => {
    const sent = request.clone();
    sent.url = request.url.replace("https://api.etherscan.io", origin);
    return getUrl(sent, signal);
  };
}

describe("ethers' EtherscanProvider, unmodified", function () {
  this.timeout(240_000);
  let played: PlayedChain;
  let open: ApiOver;
  let provider: EtherscanProvider;

  before(async () => {
    played = await playChain();
    open = await openApi(played.lab, "embedded");
    FetchRequest.registerGetUrl(atHost(open.api.url));
    provider = new EtherscanProvider(new Network("alliance", CHAIN_ID), "a-key-that-nobody-knows");
  });
  after(async () => {
    FetchRequest.registerGetUrl(FetchRequest.createGetUrlFunc());
    provider.destroy();
    await open.close();
    await played.lab.stop();
  });

  it("reads the head, blocks with and without their transactions, and the gas price of the node", async () => {
    const head = await played.lab.chain.block("latest");
    expect(await provider.getBlockNumber()).to.equal(head?.number);
    const block = await provider.getBlock("latest", true);
    expect(block?.hash).to.equal(head?.hash);
    expect(block?.prefetchedTransactions.map(({ hash }) => hash)).to.deep.equal(head?.transactions);
    const price = (await played.lab.rpc("eth_gasPrice")) as string;
    expect((await provider.getFeeData()).gasPrice).to.equal(BigInt(price));
  });

  it("reads accounts: balance, nonce, code and storage", async () => {
    const { alice, shop, lab } = played;
    expect(await provider.getBalance(alice)).to.equal(
      BigInt((await lab.rpc("eth_getBalance", [alice, "latest"])) as string),
    );
    expect(await provider.getBalance(alice, 0)).to.equal(10_000n * 10n ** 18n);
    expect(await provider.getTransactionCount(alice)).to.equal(2);
    expect(await provider.getCode(shop.token)).to.equal(await lab.chain.codeOf(shop.token));
    expect(await provider.getStorage(shop.token, 0)).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("reads a transaction and its receipt with the logs, and null of one that nobody sent", async () => {
    const { issueHash, shop } = played;
    const sent = await provider.getTransaction(issueHash);
    expect(sent?.to?.toLowerCase()).to.equal(shop.token);
    const receipt = await provider.getTransactionReceipt(issueHash);
    expect(receipt?.status).to.equal(1);
    expect(receipt?.logs.some(({ address }) => address.toLowerCase() === shop.token)).to.equal(true);
    expect(await provider.getTransaction(`0x${"ab".repeat(32)}`)).to.equal(null);
    expect(await provider.getTransactionReceipt(`0x${"ab".repeat(32)}`)).to.equal(null);
  });

  it("gets a token's contract with its ABI and calls it", async () => {
    const contract = await provider.getContract(played.shop.token);
    expect(contract, "the ABI of a token is known").not.to.equal(null);
    expect(await contract?.getFunction("symbol")()).to.equal(`P${"乡".charCodeAt(0)}`);
    expect(await contract?.getFunction("balanceOf")(played.alice)).to.equal(7_500n);
    expect(await provider.getContract(played.alice)).to.equal(null);
  });

  it("estimates, and learns by name why a call is refused", async () => {
    const { alice, bob, shop } = played;
    const data = (points: bigint) => merchantPoint.encodeFunctionData("transfer", [bob, points]);
    expect(await provider.estimateGas({ from: alice, to: shop.token, data: data(10n) })).to.be.greaterThan(21_000n);
    const refused = await provider
      .call({ from: alice, to: shop.token, data: data(10n ** 9n) })
      .catch((error: unknown) => error);
    expect(isError(refused, "CALL_EXCEPTION"), String(refused)).to.equal(true);
    const revert = merchantPoint.parseError((refused as { data: string }).data);
    expect(revert?.name).to.match(/^(MerchantPoint|ERC20)\w+/);
  });

  it("sends a signed transaction, and says when its nonce was used before", async () => {
    const wallet = Wallet.createRandom(provider);
    const raw = await wallet.signTransaction({
      to: played.bob,
      nonce: 0,
      gasLimit: 21_000,
      gasPrice: 0,
      chainId: CHAIN_ID,
      type: 0,
      value: 0,
    });
    const sent = await provider.broadcastTransaction(raw);
    await played.lab.mine();
    expect((await provider.getTransactionReceipt(sent.hash))?.status).to.equal(1);
    const again = await provider.broadcastTransaction(raw).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(Error);
  });
});
