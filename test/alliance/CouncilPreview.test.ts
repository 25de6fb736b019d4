import { expect } from "chai";
import type { BaseContract, Result } from "ethers";

import { ROLES } from "../../ignition/powers.ts";
import type { BareLedger } from "../support/alliance.ts";
import { deployLedger } from "../support/alliance.ts";
import type { Action } from "../support/council.ts";
import { actionOf } from "../support/council.ts";
import { PROFILE_HASH, PROFILE_URI } from "../support/merchants.ts";

interface Reply {
  readonly isOk: boolean;
  readonly data: string;
}

describe("CouncilPreview", () => {
  let ledger: BareLedger;
  let previewCode: string;

  before(async () => {
    ledger = await deployLedger(); // delays of an hour and of two days: a preview does not wait
    const deployed = await ledger.ethers.deployContract("CouncilPreview");
    previewCode = await ledger.ethers.provider.getCode(deployed);
  });

  /** What takes the place of the council and of its delays for one call; see the contract's NatSpec. */
  async function overrides(): Promise<Record<string, object>> {
    const { ethers, council, accessManager } = ledger;
    const [access, self] = [await accessManager.getAddress(), await council.getAddress()];
    const coder = ethers.AbiCoder.defaultAbiCoder();
    const stateDiff: Record<string, string> = {};
    for (const role of Object.values(ROLES)) {
      const members = ethers.keccak256(coder.encode(["uint64", "uint256"], [role, 1n]));
      const slot = ethers.keccak256(coder.encode(["address", "bytes32"], [self, members]));
      const since = BigInt(await ethers.provider.getStorage(access, slot)) & (2n ** 48n - 1n);
      stateDiff[slot] = ethers.toBeHex(since, 32);
    }
    const codeAt = ethers.dataSlice(ethers.id("CouncilPreview"), 0, 20);
    return {
      [self]: { code: previewCode },
      [codeAt]: { code: await ethers.provider.getCode(self) },
      [access]: { stateDiff },
    };
  }

  async function preview(calls: readonly Action[], probes: readonly Action[], from?: string) {
    const { ethers, council } = ledger;
    const { interface: face } = await ethers.getContractFactory("CouncilPreview");
    const self = await council.getAddress();
    const args = [calls.map((call) => ({ ...call, value: 0n })), probes];
    const request = { from: from ?? self, to: self, data: face.encodeFunctionData("preview", args) };
    const answer: unknown = await ethers.provider.send("eth_call", [request, "latest", await overrides()]);
    const [earlier, results, later] = face.decodeFunctionResult("preview", answer as string) as unknown as Result[];
    const replies = (list: Result | undefined) => [...(list ?? [])] as Reply[];
    return { earlier: replies(earlier), results: replies(results), later: replies(later) };
  }

  const read = (contract: BaseContract, name: string, reply: Reply | undefined): unknown =>
    contract.interface.decodeFunctionResult(name, reply!.data)[0];

  it("shows what would change, at once, and changes nothing", async () => {
    const { alliance, council, actors } = ledger;
    const [organisation, node] = actors.organisations;
    const member = ["Org", PROFILE_URI, PROFILE_HASH, organisation!.address, node!.address];
    const shown = await preview(
      [
        await actionOf(alliance, "admit", member),
        await actionOf(council, "setVotingPeriod", [86_400n]),
        await actionOf(ledger.accessManager, "grantRole", [ROLES.REGULATOR, actors.regulator.address, 0n]),
      ],
      [
        await actionOf(alliance, "activeCount", []),
        await actionOf(council, "votingPeriod", []),
        await actionOf(council, "threshold", []),
      ],
    );
    expect(shown.results.map(({ isOk }) => isOk)).to.deep.equal([true, true, true]);
    const seen = (replies: readonly Reply[]) => [
      read(alliance, "activeCount", replies[0]),
      read(council, "votingPeriod", replies[1]),
      read(council, "threshold", replies[2]),
    ];
    expect(seen(shown.earlier)).to.deep.equal([1n, 604_800n, 1n]);
    expect(seen(shown.later)).to.deep.equal([2n, 86_400n, 2n]);
    expect(await alliance.activeCount()).to.equal(1n);
  });

  it("pays from the council's own tokens, which no role restricts", async () => {
    const { allianceToken, collateral } = ledger;
    const to = await collateral.getAddress();
    const shown = await preview(
      [await actionOf(allianceToken, "transfer", [to, 5n])],
      [await actionOf(allianceToken, "balanceOf", [to])],
    );
    expect(read(allianceToken, "balanceOf", shown.earlier[0])).to.equal(0n);
    expect(read(allianceToken, "balanceOf", shown.later[0])).to.equal(5n);
  });

  it("stops at the first call that reverts, and says why; nothing would change", async () => {
    const { alliance, allianceToken, actors } = ledger;
    const shown = await preview(
      [
        await actionOf(allianceToken, "admitHolder", [actors.outsider.address]),
        await actionOf(alliance, "suspend", [7n]),
        await actionOf(allianceToken, "admitHolder", [actors.relayer.address]),
      ],
      [await actionOf(allianceToken, "isHolder", [actors.outsider.address])],
    );
    expect(shown.results.map(({ isOk }) => isOk)).to.deep.equal([true, false]);
    expect(alliance.interface.parseError(shown.results[1]!.data)?.name).to.equal("AllianceMemberUnknown");
    expect(shown.later).to.deep.equal([]);
  });

  it("lets the council do no more than its roles do", async () => {
    const { regulatorDesk, exchangePool, actors, ethers } = ledger;
    const freeze = [actors.outsider.address, ethers.id("case 1")];
    const shown = await preview([await actionOf(regulatorDesk, "freeze", freeze)], []);
    expect(regulatorDesk.interface.parseError(shown.results[0]!.data)?.name).to.equal("AccessManagedUnauthorized");

    const plain = await preview([{ target: await exchangePool.getAddress(), data: "0x" }], []);
    expect(plain.results.map(({ isOk }) => isOk)).to.deep.equal([false]);
  });

  it("says what a probe that fails says", async () => {
    const { alliance } = ledger;
    const shown = await preview([], [await actionOf(alliance, "memberOf", [7n])]);
    expect(shown.earlier[0]!.isOk).to.equal(false);
    expect(alliance.interface.parseError(shown.later[0]!.data)?.name).to.equal("AllianceMemberUnknown");
  });

  it("is of no use to anybody: not by a call from elsewhere, and not when it is deployed", async () => {
    const { ethers, actors } = ledger;
    const deployed = await ethers.deployContract("CouncilPreview");
    await expect(deployed.preview([], []))
      .to.be.revertedWithCustomError(deployed, "PreviewNotFromCouncil")
      .withArgs(actors.deployer);
    const asCouncil = await ethers.getContractAt("AllianceCouncil", deployed);
    await expect(asCouncil.votingPeriod()).to.be.revertedWithCustomError(deployed, "AddressEmptyCode");
    expect(await deployed.COUNCIL_CODE()).to.equal(
      ethers.getAddress(ethers.dataSlice(ethers.id("CouncilPreview"), 0, 20)),
    );
    const refusal = await preview([], [], actors.outsider.address).catch((error: unknown) => error as Error);
    expect((refusal as Error).message).to.include("PreviewNotFromCouncil");
  });
});
