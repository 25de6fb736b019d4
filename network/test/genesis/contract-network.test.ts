import { expect } from "chai";
import { AbiCoder } from "ethers";
import { callRpc } from "../../../scripts/chain/rpc.ts";
import { connectBesu } from "../../besu/besu-node.ts";
import { VALIDATOR_CONTRACT } from "../../genesis/validator-contract.ts";
import { CliNetwork } from "../support/cli-network.ts";

describe("network whose validators a contract names", function () {
  this.timeout(300_000);
  let made: CliNetwork;

  before(async () => {
    made = await CliNetwork.make({ validators: 4, validatorSelection: "contract", blockPeriodSeconds: 1 });
    await made.do("up");
  });
  after(async () => {
    await made.close();
  });

  const validators = () => made.network.nodes.map(({ address }) => address).sort();

  it("makes blocks by the list of its genesis, which the contract answers with, and no header names it", async () => {
    const url = made.rpcUrl("org-1-1");
    expect(await connectBesu(url).nextValidators()).to.deep.equal(validators());
    const call = { to: VALIDATOR_CONTRACT, data: "0xb7ab4db5" };
    const answer = await callRpc<string>(url, "eth_call", [call, "latest"]);
    const [list] = AbiCoder.defaultAbiCoder().decode(["address[]"], answer) as unknown as [string[]];
    expect([...list].map((address) => address.toLowerCase())).to.deep.equal(validators());
    const { extraData } = await callRpc<{ extraData: string }>(url, "eth_getBlockByNumber", ["0x1", false]);
    for (const address of validators()) expect(extraData).to.not.include(address.slice(2));
  });

  it("has no votes of nodes", async () => {
    const node = connectBesu(made.rpcUrl("org-2-1"));
    expect(await node.pendingVotes()).to.equal(undefined);
    expect(await node.proposeVote(validators()[0]!, false)).to.equal(false);
  });

  it("goes on after all nodes were restarted", async () => {
    await made.do("down");
    await made.do("up");
    const [first, last] = [made.rpcUrl("org-1-1"), made.rpcUrl("org-4-1")];
    const head = Number(await callRpc<string>(first, "eth_blockNumber", []));
    expect(head).to.be.greaterThan(2);
    const at = `0x${(head - 1).toString(16)}`;
    const hashes = await Promise.all(
      [first, last].map(
        async (url) => (await callRpc<{ hash: string }>(url, "eth_getBlockByNumber", [at, false])).hash,
      ),
    );
    expect(hashes[0]).to.equal(hashes[1]);
  });
});
