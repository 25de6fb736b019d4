import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { genesisDigest } from "../../genesis/genesis.ts";
import { nodeOf } from "../../plan/network-file.ts";
import type { ValidatorSelection } from "../../plan/plan.ts";
import { CliNetwork } from "../support/cli-network.ts";

for (const validatorSelection of ["blockheader", "contract"] as const satisfies readonly ValidatorSelection[])
  describe(`network emergency-transition, validators by ${validatorSelection}`, function () {
    this.timeout(240_000);
    let net: CliNetwork;
    const addresses = (...ids: string[]): string => ids.map((id) => nodeOf(net.network, id).address).join(",");

    before(async () => {
      net = await CliNetwork.make({ validators: 4, validatorSelection });
      await net.do("up");
    });
    after(() => net.close());

    it("refuses the next block while the chain moves", async () => {
      const before = readFileSync(net.folder.genesis, "utf8");
      const next = String((await net.head("org-1-1")) + 1);
      const { code, stderr } = await net.run(
        "emergency-transition",
        "--validators",
        addresses("org-1-1"),
        "--block",
        next,
      );
      expect(code).to.equal(2);
      expect(stderr).to.include("the chain moves");
      expect(readFileSync(net.folder.genesis, "utf8")).to.equal(before);
    });

    it("lets two of four go on when the others are lost for good, from the block after the last", async () => {
      await net.do("down", "--organisation", "org-3");
      await net.do("down", "--organisation", "org-4");
      const said = await net.do("emergency-transition", "--validators", addresses("org-2-1", "org-1-1"));
      const block = Number(/from block (\d+) on/.exec(said)?.[1]);
      const digest = genesisDigest(readFileSync(net.folder.genesis, "utf8"));
      expect(said)
        .to.include(digest)
        .and.include(`--block ${block}`)
        .and.include(`--head ${block - 1}`);
      expect(net.network.genesisDigest).to.equal(digest);
      expect(existsSync(net.folder.genesis.replace(".json", `.before-${block}.json`))).to.equal(true);

      await net.do("down");
      await net.do("up", "--node", "org-1-1", "--no-wait");
      expect(await net.do("up", "--node", "org-2-1")).to.include("Blocks are made");
      expect(await net.head("org-2-1")).to.be.at.least(block);
      // The lost ones come back after all, with the new file: they follow and no longer seal.
      await net.do("up");
      const { validators } = JSON.parse(await net.do("status", "--json")) as { validators: string[] };
      expect(validators).to.deep.equal([addresses("org-1-1"), addresses("org-2-1")].sort());
    });

    it("wants to be told the head where no node runs", async () => {
      await net.do("down");
      const validators = ["emergency-transition", "--validators", addresses("org-1-1")];
      const { code, stderr } = await net.run(...validators);
      expect(code).to.equal(4);
      expect(stderr).to.include("--head");
      expect(await net.do(...validators, "--head", "900000"))
        .to.include("from block 900001 on")
        .and.include("Fewer than 4");
    });

    it("refuses what is no address, and one twice", async () => {
      expect((await net.run("emergency-transition", "--validators", "0x12", "--head", "9")).code).to.equal(2);
      const twice = `${addresses("org-1-1")},${addresses("org-1-1")}`;
      const { code, stderr } = await net.run("emergency-transition", "--validators", twice, "--head", "9");
      expect(code).to.equal(2);
      expect(stderr).to.include("twice");
    });
  });
