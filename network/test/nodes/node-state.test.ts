import { expect } from "chai";
import { spawnAnvil } from "../../../scripts/chain/anvil.ts";
import type { AnvilProcess } from "../../../scripts/chain/anvil.ts";
import { findFreePort } from "../../../scripts/chain/ports.ts";
import { statusText } from "../../cli/status-table.ts";
import { lookAtNode } from "../../nodes/node-state.ts";
import { networkStatus, quorumOf } from "../../nodes/status.ts";
import { networkFolder } from "../../plan/folder.ts";

describe("looking at a node that is no Besu, or not there", function () {
  this.timeout(60_000);
  let anvil: AnvilProcess;
  let url: string;
  let nobody: string;

  before(async () => {
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    nobody = `http://127.0.0.1:${await findFreePort()}`;
    anvil = await spawnAnvil({ port, chainId: 77 });
  });
  after(() => anvil.end());

  it("tells what it answers and leaves out the rest", async () => {
    const { head, chainId, genesisHash, validators, isSyncing } = await lookAtNode(url);
    expect({ number: head?.number, chainId, isSyncing, validators }).to.deep.equal({
      ...{ number: 0, chainId: 77, isSyncing: false, validators: undefined },
    });
    expect(genesisHash).to.equal(head?.hash);
    expect((await lookAtNode(nobody)).head).to.equal(undefined);
  });

  it("shows it in the table, without a folder of a network", async () => {
    const folder = networkFolder("nowhere");
    const status = await networkStatus({ folder, network: undefined, urls: [nobody, url] });
    expect(status).to.include({ chainId: 77, head: 0, headAgeSeconds: undefined, quorum: undefined });
    const text = statusText(status, 2);
    expect(text).to.match(new RegExp(`^${nobody} .* none +no `, "m"));
    expect(text).to.match(new RegExp(`^${url} .* not ours +anvil v\\S+ +0 `, "m"));
    expect(text).to.include("do not tell who seals").and.include("stands still");
  });

  for (const [validators, quorum] of [
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 4],
    [6, 4],
    [7, 5],
    [22, 15],
  ] as const)
    it(`counts ${quorum} of ${validators} validators for a block`, () => {
      expect(quorumOf(validators)).to.equal(quorum);
    });
});
