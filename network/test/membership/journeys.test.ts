/**
 * The life of an alliance by the product's own commands, on stand-ins for Besu with the real contracts and real agents:
 * deployed, handed over, joined, a key changed, left. One network for all of it, since each step needs the ones before.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { connectBesu } from "../../besu/besu-node.ts";
import { seededNodeKey } from "../../besu/enode.ts";
import type { SignedInvitation } from "../../membership/invitation.ts";
import { openLedger, readAlliance } from "../../membership/ledger.ts";
import { groundOf } from "../../membership/invitation.ts";
import { signCard } from "../../membership/node-card.ts";
import { networkFolder } from "../../plan/folder.ts";
import { nodeOf, readNetworkFile } from "../../plan/network-file.ts";
import { findFreePort, takeFreePort } from "../../../scripts/chain/ports.ts";
import { CliNetwork } from "../support/cli-network.ts";

/** Delays short enough to be waited for, long enough to be met. */
const PARAMETERS = {
  routineDelaySeconds: 2,
  dangerousDelaySeconds: 8,
  votingPeriodSeconds: 3_600,
  rewardEpochSeconds: 600,
  rewardWindowSeconds: 30,
  rewardWindowsRequired: 12,
};

describe("an alliance and its network", function () {
  this.timeout(600_000);

  let net: CliNetwork;
  let invitationFile: string;

  before(async () => {
    net = await CliNetwork.make({ validators: 4 });
    writeFileSync(join(net.base, "parameters.json"), JSON.stringify(PARAMETERS));
    await net.do("up");
  });
  after(async () => {
    if (existsSync(join(net.base, "joined", "network.json"))) await net.run("down", "--dir", "joined");
    await net.close();
  });

  const ask = async (method: string, ...args: unknown[]): Promise<unknown> => {
    const ledger = await openLedger(net.folder, net.network, { patienceSeconds: 1, say: () => undefined });
    return readAlliance(ledger, method, args);
  };
  const validators = () => connectBesu(net.rpcUrl("org-1-1")).nextValidators();
  const addressOf = (id: string) => nodeOf(net.network, id).address;
  const portsOf = (id: string) => nodeOf(net.network, id).ports;
  /** A distance at which every port is free and stays this test's: nodes of other tests may be down for a moment. */
  const freeOffset = async (id: string): Promise<number> => {
    for (let offset = 500; ; offset += 7) {
      const { p2p, rpc, ws, metrics } = portsOf(id);
      const all = [p2p, rpc, ws, metrics].map((port) => takeFreePort(port + offset));
      if (!(await Promise.all(all)).includes(false)) return offset;
    }
  };

  it("is deployed by a key that costs nothing, with the first organisation as its only member", async () => {
    const early = await net.run("hand-over");
    expect(early.code).to.equal(4);
    expect(early.stderr).to.contain("There are no contracts yet").and.to.contain("Run deploy");

    const said = await net.do("deploy", "--parameters", "parameters.json");
    expect(said).to.contain("The agent of org-4-1 runs");
    expect(statSync(net.folder.deployerKey).mode & 0o777).to.equal(0o600);
    expect(said).not.to.contain(readFileSync(net.folder.deployerKey, "utf8").trim().slice(2));
    expect(await ask("getValidators")).to.have.length(1);
    // Three validators of the genesis that the alliance does not know yet: nobody puts them out.
    expect(await validators()).to.have.length(4);
    expect(await net.do("deploy")).to.contain("all deployed before");
  });

  it("is handed over to all by one proposal; cut short it says until when, and goes on", async () => {
    const first = await net.run("hand-over", "--wait", "1");
    expect(first.code).to.equal(4);
    expect(first.stderr).to.match(/^Not yet\. Proposal 1 can be executed from .* by the chain's clock, in \d+ s/);
    expect(await ask("memberCount")).to.equal(1n);

    const second = await net.do("hand-over");
    expect(second).not.to.contain("was made by");
    expect(second).to.contain("Organisation 4 is a member");
    expect(await ask("memberCount")).to.equal(4n);
    expect(await net.do("hand-over")).to.contain("all organisations of this folder are members");
    expect(await validators()).to.have.length(4);
  });

  it("invites an organisation by a file that is worth nothing when it was changed on the way", async () => {
    const many = await net.run("invite", "--to", "fifth", "--name", "Fifth 机构");
    expect(many.code).to.equal(2);
    expect(many.stderr).to.contain("--organisation");
    await net.do("invite", "--to", "fifth", "--name", "Fifth 机构", "--organisation", "org-2");
    const [file = ""] = readdirSync(join(net.folder.root, "invitations"));
    invitationFile = join(net.folder.root, "invitations", file);

    const invitation = JSON.parse(readFileSync(invitationFile, "utf8")) as SignedInvitation;
    const forged = join(net.base, "forged.json");
    writeFileSync(forged, JSON.stringify({ ...invitation, genesisHash: `0x${"00".repeat(32)}` }));
    for (const [path, ...more] of [[forged], [invitationFile, "--signer", `0x${"12".repeat(20)}`]]) {
      const refused = await net.run("join", path!, ...more, "--host", "127.0.0.1", "--dir", "joined");
      expect(refused.code, refused.stderr).to.equal(5);
      expect(refused.stderr).to.contain("The invitation is refused");
    }
    expect(existsSync(join(net.base, "joined"))).to.equal(false);
  });

  it("takes the fifth organisation in: accepted, caught up, admitted by the council, voted in by the agents", async () => {
    const ports = await Promise.all(
      ["p2p", "rpc", "ws", "metrics"].map(async (one) => [`--${one}-port`, String(await findFreePort())]),
    );
    const { signer } = JSON.parse(readFileSync(invitationFile, "utf8")) as SignedInvitation;
    const join1 = [
      "join",
      invitationFile,
      "--signer",
      signer,
      "--dir",
      "joined",
      "--host",
      "127.0.0.1",
      "--heap-mb",
      "256",
    ];
    const joining = [...join1, ...ports.flat()];
    const alone = await net.run(...joining, "--wait", "3");
    expect(alone.code, alone.stdout).to.equal(4);
    expect(alone.stderr).to.contain("who runs: npm run network -- accept node-card.json");

    const card = join(net.base, "joined", "node-card.json");
    expect(await net.do("accept", card)).to.contain("org-1-1 lets ");
    await refuseAnother(card);

    const done = net.do(...joining, "--wait", "240");
    // Its failure is told where it is awaited, also when the council's part fails first.
    done.catch(() => undefined);
    const request = join(net.base, "joined", "admission-request.json");
    await net.until("the guest has caught up and asks for admission", () => existsSync(request));
    await decideByVotes(request);
    expect(await done)
      .to.contain("fifth is a member of the alliance")
      .and.to.contain("is a validator");
    expect(await validators()).to.include(fifth());
  });

  /** As members on machines of their own do it: one proposes, the others vote, somebody executes. */
  async function decideByVotes(request: string): Promise<void> {
    const proposed = await net.run("admit", request, "--organisation", "org-1");
    expect(proposed.code).to.equal(4);
    expect(proposed.stdout).to.contain("Admit Fifth 机构 as a member");
    expect(proposed.stderr).to.contain("Proposal 2 has 1 of the 3 votes that it needs").and.to.contain("-- vote 2");
    expect(await net.do("vote", "2", "--show")).to.contain("proposal 2 is active: 1 for it, 3 needed");
    const voted = await net.do("vote", "2");
    expect(voted).to.contain("org-3 voted for proposal 2").and.to.contain("next: npm run network -- execute 2");
    expect(voted).not.to.contain("org-1 voted");
    expect(await net.do("execute", "2")).to.contain("proposal 2 is executed");
    expect((await net.run("vote", "7")).stderr).to.contain("There is no proposal 7");
  }

  const fifth = () => readNetworkFile(networkFolder(join(net.base, "joined"))).nodes.at(-1)!.address;

  /** Somebody who saw the invitation and has a node of his own. */
  async function refuseAnother(card: string): Promise<void> {
    const invitation = JSON.parse(readFileSync(invitationFile, "utf8")) as SignedInvitation;
    const thief = seededNodeKey("thief");
    const { host, port, expiresAt } = JSON.parse(readFileSync(card, "utf8")) as {
      host: string;
      port: number;
      expiresAt: number;
    };
    const fields = {
      kind: "alliance-network-node-card",
      version: 1,
      ...groundOf(invitation),
      invitation: invitation.id,
    } as const;
    const other = signCard(
      { ...fields, organisation: "fifth", publicKey: thief.publicKey, host, port, expiresAt },
      thief.privateKey,
    );
    const path = join(net.base, "stolen-card.json");
    writeFileSync(path, JSON.stringify(other));
    const refused = await net.run("accept", path);
    expect(refused.code).to.equal(5);
    expect(refused.stderr).to.contain("was answered by the node");
  }

  it("gives a validator a new key while blocks are made", async () => {
    const before = await net.head("org-1-1");
    const old = addressOf("org-3-1");
    const offset = await freeOffset("org-3-1");
    const rotate = ["rotate-key", "--organisation", "org-3", "--wait", "240", "--port-offset", String(offset)] as const;

    const files = readFileSync(net.folder.network, "utf8");
    const other = createServer().listen(portsOf("org-3-1").p2p + offset, "127.0.0.1");
    const refused = await net.run(...rotate);
    await new Promise((resolve) => other.close(resolve));
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.contain("--port-offset");
    expect(readFileSync(net.folder.network, "utf8")).to.equal(files);

    const said = await net.do(...rotate);
    expect(said).to.contain("org-3's validator is org-3-1-k2 now");
    const now = await validators();
    expect(now).to.include(addressOf("org-3-1-k2"));
    expect(now).not.to.include(old);
    expect(now).to.have.length(5);
    expect(await net.head("org-1-1")).to.be.greaterThan(before + 5);
    expect(existsSync(join(net.folder.root, "nodes", "org-3-1.retired"))).to.equal(true);
    expect(net.network.nodes.map(({ id }) => id)).not.to.include("org-3-1");
  });

  it("lets an organisation go: resigned, voted out, stopped", async () => {
    const left = fifth();
    const asked = await net.run("leave", "--dir", "joined");
    expect(asked.code).to.equal(2);
    expect(asked.stderr).to.contain("--yes");
    const said = await net.do("leave", "--dir", "joined", "--yes", "--wait", "240");
    expect(said).to.contain("fifth has left the alliance").and.to.contain("fifth-1 is stopped");
    expect(await validators()).not.to.include(left);
    expect(await ask("memberIdOfNode", left)).to.equal(0n);
  });

  it("keeps a validator that the floor needs, and says so", async () => {
    const said = await net.run("leave", "--organisation", "org-4", "--yes", "--wait", "60");
    expect(said.code).to.equal(4);
    expect(said.stderr).to.contain("the council's floor is 4").and.to.contain("Keep it running");
    expect(await validators()).to.include(addressOf("org-4-1"));
    expect(await net.head("org-4-1")).to.be.greaterThan(0);
  });
});
