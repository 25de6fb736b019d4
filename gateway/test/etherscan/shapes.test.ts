/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- answers are any here */
/** Every module of the API in the shapes that its clients parse: text for numbers, the field names of Etherscan. */
import { expect } from "chai";
import { id } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { rateLimit } from "../../src/http/middleware/rate-limit.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { ApiOver, PlayedChain } from "./stage.ts";
import { CHAIN_ID, openApi, playChain } from "./stage.ts";
import { ENGINES } from "../support/stores.ts";

interface Envelope {
  readonly status: string;
  readonly message: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
  readonly result: any;
}

type Query = Readonly<Record<string, string>>;

const NOBODY = `0x${"ee".repeat(20)}`;
const TRANSFER_TOPIC = id("Transfer(address,address,uint256)");

const LISTED_TRANSACTION =
  "blockHash blockNumber confirmations contractAddress cumulativeGasUsed from functionName gas gasPrice gasUsed hash input isError methodId nonce timeStamp to transactionIndex txreceipt_status value";
const LISTED_TRANSFER =
  "blockHash blockNumber confirmations contractAddress cumulativeGasUsed from functionName gas gasPrice gasUsed hash input methodId nonce timeStamp to tokenDecimal tokenName tokenSymbol transactionIndex value";
const LISTED_LOG =
  "address blockHash blockNumber data gasPrice gasUsed logIndex timeStamp topics transactionHash transactionIndex";

const keysOf = (value: object): string => Object.keys(value).sort().join(" ");

describe("the API of other explorers' tools", function () {
  this.timeout(240_000);
  let played: PlayedChain;

  before(async () => {
    played = await playChain();
  });
  after(() => played.lab.stop());

  for (const engine of ENGINES)
    describe(engine, () => {
      let open: ApiOver;

      before(async () => {
        open = await openApi(played.lab, engine);
      });
      after(() => open.close());

      async function ask(module: string, action: string, query: Query = {}, path = "/api"): Promise<Envelope> {
        const fields = new URLSearchParams({ module, action, ...query });
        const { status, body } = await open.api.ask("GET", `${path}?${fields.toString()}`);
        expect(status).to.equal(200);
        return body as Envelope;
      }
      async function get(module: string, action: string, query: Query = {}): Promise<Envelope["result"]> {
        const { status, message, result } = await ask(module, action, query);
        expect({ status, message }, JSON.stringify(result)).to.deep.equal({ status: "1", message: "OK" });
        return result;
      }

      it("account: balances, of one and of several", async () => {
        expect(await get("account", "balance", { address: NOBODY })).to.equal("0");
        const several = await get("account", "balancemulti", { address: `${played.alice},${NOBODY}`, tag: "latest" });
        expect(several).to.have.lengthOf(2);
        expect(several[1]).to.deep.equal({ account: NOBODY, balance: "0" });
        const of = { contractaddress: played.shop.token, address: played.alice };
        expect(await get("account", "tokenbalance", { ...of, tag: "latest" })).to.equal("7500");
      });

      it("account: the transactions of an account in either order, in pages and windows of blocks", async () => {
        const { alice: address, refusedHash, shop } = played;
        const all = await get("account", "txlist", { address, sort: "asc" });
        expect(all).to.have.lengthOf(2);
        expect(keysOf(all[0])).to.equal(LISTED_TRANSACTION);
        expect(all[0]).to.deep.include({
          from: address,
          to: shop.token,
          isError: "0",
          txreceipt_status: "1",
          nonce: "0",
          methodId: "0xa9059cbb",
          functionName: "transfer(address to, uint256 value)",
          contractAddress: "",
        });
        expect(all[1]).to.deep.include({ hash: refusedHash, isError: "1", txreceipt_status: "0" });
        expect(all[0].confirmations).to.equal(String(Number(all[1].blockNumber) - Number(all[0].blockNumber) + 1));
        expect(await get("account", "txlist", { address, sort: "desc", page: "1", offset: "1" })).to.deep.equal([
          all[1],
        ]);
        expect(await get("account", "txlist", { address, page: "2", offset: "1" })).to.deep.equal([all[1]]);
        const endblock = all[0].blockNumber as string;
        expect(await get("account", "txlist", { address, startblock: "0", endblock })).to.deep.equal([all[0]]);
        expect(await ask("account", "txlist", { address: NOBODY })).to.deep.equal({
          status: "0",
          message: "No transactions found",
          result: [],
        });
      });

      it("account: the movements of tokens, by account, by token and by both", async () => {
        const { alice: address, bob, issueHash, shop } = played;
        const all = await get("account", "tokentx", { address, contractaddress: shop.token });
        expect(all).to.have.lengthOf(2);
        expect(keysOf(all[0])).to.equal(LISTED_TRANSFER);
        expect(all[0]).to.deep.include({
          hash: issueHash,
          from: `0x${"0".repeat(40)}`,
          to: address,
          value: "10000",
          tokenDecimal: "2",
          tokenName: "乡村基积分",
          contractAddress: shop.token,
        });
        expect(all[1]).to.deep.include({ from: address, to: bob, value: "2500" });
        expect(await get("account", "tokentx", { address })).to.deep.equal(all);
        expect(await get("account", "tokentx", { contractaddress: shop.token })).to.have.lengthOf(3);
        expect((await ask("account", "tokentx")).result).to.equal("Error! Missing address Or contractaddress");
      });

      it("token and stats: what a token is, who holds it, how much there is", async () => {
        const contractaddress = played.shop.token;
        const [info] = await get("token", "tokeninfo", { contractaddress });
        const supply = await get("stats", "tokensupply", { contractaddress });
        expect(supply).to.equal("9500");
        expect(info).to.deep.include({
          tokenName: "乡村基积分",
          divisor: "2",
          tokenType: "ERC20",
          totalSupply: supply,
        });
        expect(await get("token", "getToken", { contractaddress })).to.deep.include({
          name: "乡村基积分",
          decimals: "2",
          type: "ERC-20",
          cataloged: true,
        });
        expect(await get("token", "tokenholderlist", { contractaddress, page: "1", offset: "1" })).to.deep.equal([
          { TokenHolderAddress: played.alice, TokenHolderQuantity: "7500", TokenHolderAddressType: "" },
        ]);
        expect(await get("token", "getTokenHolders", { contractaddress })).to.deep.equal([
          { address: played.alice, value: "7500" },
          { address: played.bob, value: "2000" },
        ]);
        const alp = played.lab.deployment.contracts.allianceToken;
        expect((await get("token", "tokeninfo", { contractaddress: alp }))[0]).to.deep.include({
          symbol: "ALP",
          divisor: "18",
        });
        expect(await get("token", "tokenholderlist", { contractaddress: alp })).not.to.have.lengthOf(0);
      });

      it("logs: by contract and topics, joined by and / or, in pages", async () => {
        const {
          alice,
          bob,
          shop: { token: address },
        } = played;
        const transfers = { address, topic0: TRANSFER_TOPIC };
        const all = await get("logs", "getLogs", { ...transfers, fromBlock: "0", toBlock: "latest" });
        expect(all).to.have.lengthOf(3);
        expect(keysOf(all[0])).to.equal(LISTED_LOG);
        const word = (account: string): string => `0x${account.slice(2).padStart(64, "0")}`;
        const both = { ...transfers, topic1: word(alice), topic2: word(alice) };
        expect(await ask("logs", "getLogs", both)).to.deep.include({ status: "0", message: "No records found" });
        expect(await get("logs", "getLogs", { ...both, topic1_2_opr: "or" })).to.deep.equal([all[0], all[1]]);
        expect(await get("logs", "getLogs", { ...transfers, topic1: word(bob), topic0_1_opr: "and" })).to.deep.equal([
          all[2],
        ]);
        expect(await get("logs", "getLogs", { ...transfers, page: "2", offset: "2" })).to.deep.equal([all[2]]);
        const block = await played.lab.chain.block(Number(all[0].blockNumber));
        expect(Number(all[0].timeStamp)).to.equal(block?.timestamp);
        expect((await ask("logs", "getLogs")).result).to.equal("Error! Missing address Or topic");
      });

      it("block and transaction: by time, and what became of it", async () => {
        const head = await played.lab.chain.block("latest");
        const timestamp = String(head?.timestamp);
        for (const closest of ["before", "after"])
          expect(await get("block", "getblocknobytime", { timestamp, closest })).to.equal(String(head?.number));
        const before = String(Number(head?.timestamp) - 1);
        expect(await get("block", "getblocknobytime", { timestamp: before })).to.equal(String((head?.number ?? 0) - 1));
        const later = { timestamp: String(Number(timestamp) + 9), closest: "after" };
        expect((await ask("block", "getblocknobytime", later)).result).to.equal("Error! No closest block found");
        expect(await ask("block", "eth_block_number")).to.deep.equal({
          jsonrpc: "2.0",
          id: 1,
          result: `0x${(head?.number ?? 0).toString(16)}`,
        });
        const good = { txhash: played.issueHash };
        const bad = { txhash: played.refusedHash };
        expect(await get("transaction", "gettxreceiptstatus", good)).to.deep.equal({ status: "1" });
        expect(await get("transaction", "gettxreceiptstatus", bad)).to.deep.equal({ status: "0" });
        expect(await get("transaction", "gettxreceiptstatus", { txhash: `0x${"00".repeat(32)}` })).to.deep.equal({
          status: "",
        });
        expect(await get("transaction", "getstatus", good)).to.deep.equal({ isError: "0", errDescription: "" });
        const failed = await get("transaction", "getstatus", bad);
        expect(failed.isError).to.equal("1");
        expect(failed.errDescription).to.match(/^Reverted: \w+$/);
      });

      it("contract: the ABI of every contract of the build, and the transaction that made it", async () => {
        const { contracts } = played.lab.deployment;
        for (const [name, address] of Object.entries({ ...contracts, shop: played.shop.token })) {
          const abi = JSON.parse(await get("contract", "getabi", { address })) as object[];
          expect(abi, name).not.to.have.lengthOf(0);
          const [source] = await get("contract", "getsourcecode", { address });
          expect(source.ContractName.toLowerCase(), name).to.equal(
            name === "shop" ? "merchantpoint" : nameInBuild(name),
          );
        }
        expect(await ask("contract", "getabi", { address: played.alice })).to.deep.equal({
          status: "0",
          message: "NOTOK",
          result: "Contract source code not verified",
        });
        const [own] = await get("contract", "getcontractcreation", { contractaddresses: contracts.ruleBooks });
        expect(own.contractFactory).to.equal("");
        const [made] = await get("contract", "getcontractcreation", { contractaddresses: played.shop.token });
        expect(made.contractFactory).to.equal(contracts.merchantPointFactory);
        const receipt = await played.lab.chain.receipt(made.txHash);
        expect(receipt?.succeeded).to.equal(true);
      });

      it("version 2 asks which chain is meant; a wrong one is refused in either", async () => {
        const query = { address: NOBODY };
        expect((await ask("account", "balance", query, "/v2/api")).result).to.match(/^Missing or unsupported chainid/);
        expect((await ask("account", "balance", { ...query, chainid: "1" })).result).to.match(
          /^Missing or unsupported/,
        );
        const chainid = String(CHAIN_ID);
        expect((await ask("account", "balance", { ...query, chainid }, "/v2/api")).result).to.equal("0");
        const { body } = await open.api.ask("GET", "/v2/chainlist");
        expect((body as Envelope).result[0].chainid).to.equal(chainid);
      });

      it("takes forms as well as queries, and refuses in its own envelope what it does not know", async () => {
        const raw = new URLSearchParams({ module: "account", action: "balance", address: NOBODY }).toString();
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        expect((await open.api.ask("POST", "/api", { raw, headers })).body).to.deep.equal({
          status: "1",
          message: "OK",
          result: "0",
        });
        const refusals: [string, string, Query, string][] = [
          ["nothing", "balance", {}, "Error! Missing Or invalid Module name"],
          ["account", "nothing", {}, "Error! Missing Or invalid Action name"],
          ["constructor", "name", {}, "Error! Missing Or invalid Module name"],
          ["account", "balance", { address: "0x12" }, "Error! Invalid address format"],
          ["account", "txlist", { address: NOBODY, page: "101", offset: "100" }, "Result window is too large"],
          ["account", "txlist", { address: NOBODY, startblock: "x" }, "Error! Invalid startblock"],
          ["transaction", "getstatus", { txhash: "0x1" }, "Error! Invalid transaction hash format"],
          ["contract", "checkverifystatus", { guid: "x" }, "Unknown UID"],
          ["token", "tokeninfo", { contractaddress: NOBODY }, "Error! No token found"],
        ];
        for (const [module, action, query, words] of refusals) {
          const answer = await ask(module, action, query);
          expect(answer).to.deep.include({ status: "0", message: "NOTOK" });
          expect(answer.result).to.include(words);
        }
        expect(await ask("proxy", "eth_getCode", { address: "x" })).to.deep.include({
          error: { code: -32602, message: "Error! Invalid address format" },
        });
        for (const method of ["debug_traceTransaction", "eth_sendTransaction", "anvil_setBalance", "eth_accounts"])
          expect((await ask("proxy", method)).result, method).to.equal("Error! Missing Or invalid Action name");
      });

      it("serves everybody within limits, and only keys of its own where reads are not public", async () => {
        const path = `/api?module=account&action=balance&address=${NOBODY}`;
        const limited = await startApi(open.rooms, [], {
          gate: { rateLimit: rateLimit({ perKeyPerMinute: 9, perAddressPerMinute: 1 }) },
        });
        expect((await limited.ask("GET", path)).body).to.include({ status: "1" });
        const { status, body } = await limited.ask("GET", path);
        expect(status).to.equal(200);
        expect((body as Envelope).result).to.match(/^Max rate limit reached/);
        await limited.close();
        const closed = await startApi(open.rooms, [], { gate: { publicReads: false } });
        expect((await closed.ask("GET", `${path}&apikey=nobody`)).body).to.include({ status: "0", message: "NOTOK" });
        const key = await keyFor(open.rooms, "auditor");
        expect((await closed.ask("GET", `${path}&apikey=${key}`)).body).to.include({ status: "1" });
        await closed.close();
      });

      it("passes a contract's own refusal on, with its data", async () => {
        const data = merchantPoint.encodeFunctionData("transfer", [played.bob, 10n ** 12n]);
        const answer = await ask("proxy", "eth_call", { from: played.alice, to: played.shop.token, data });
        const { error } = answer as unknown as { error: { data: string } };
        expect(merchantPoint.parseError(error.data)?.name).to.be.a("string");
      });
    });
});

/** As `deployment.json` calls it, in the words of the build. */
const nameInBuild = (name: string): string =>
  (({ accessManager: "allianceaccess", council: "alliancecouncil" }) as Record<string, string>)[name] ??
  name.toLowerCase();
