import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";

const Status = { Active: 1n, Suspended: 2n, Left: 3n } as const;
const HASH = "0x" + "11".repeat(32);
const URI = "https://example.com/profile.json";
const address = (n: number): string => "0x" + n.toString(16).padStart(40, "0");

describe("Alliance", () => {
  let ledger: Ledger;
  let fixture: () => Promise<void>;
  let admit: (representative: string, node: string) => ReturnType<Ledger["alliance"]["admit"]>;

  before(async () => {
    ledger = await createLedger();
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    fixture = () => snapshot.restore();
    admit = (representative, node) => ledger.alliance.admit("Org", URI, HASH, representative, node);
  });

  beforeEach(async () => {
    await fixture();
  });

  it("starts with the platform as its first member", async () => {
    const { alliance, actors } = ledger;
    const member = await alliance.memberOf(1n);
    expect(member.name).to.equal("Platform");
    expect(member.status).to.equal(Status.Active);
    expect(member.since).to.be.greaterThan(0n);
    expect(await alliance.memberIdOf(actors.founder)).to.equal(1n);
    expect([await alliance.memberCount(), await alliance.activeCount()]).to.deep.equal([1n, 1n]);
    expect(await alliance.getValidators()).to.deep.equal([member.node]);
    expect(alliance.interface.getFunction("getValidators").selector).to.equal("0xb7ab4db5");
  });

  it("admits an organisation", async () => {
    const { alliance, networkHelpers } = ledger;
    expect(await alliance.admit.staticCall("Org", URI, HASH, address(5), address(6))).to.equal(2n);
    await expect(alliance.admit("Org", URI, HASH, address(5), address(6)))
      .to.emit(alliance, "MemberAdmitted")
      .withArgs(2n, address(5), address(6), "Org");
    const since = BigInt(await networkHelpers.time.latest());
    expect([...(await alliance.memberOf(2n))]).to.deep.equal([
      "Org",
      URI,
      HASH,
      address(5),
      address(6),
      Status.Active,
      since,
    ]);
    expect(await alliance.memberIdOf(address(5))).to.equal(2n);
    expect(await alliance.memberIdOf(address(6))).to.equal(0n);
  });

  describe("refuses to admit", () => {
    for (const { field, args } of [
      { field: "name", args: ["", URI, HASH, address(5), address(6)] },
      { field: "name", args: ["n".repeat(65), URI, HASH, address(5), address(6)] },
      { field: "profileUri", args: ["Org", "", HASH, address(5), address(6)] },
      { field: "profileUri", args: ["Org", "u".repeat(257), HASH, address(5), address(6)] },
      { field: "profileHash", args: ["Org", URI, "0x" + "00".repeat(32), address(5), address(6)] },
      { field: "representative", args: ["Org", URI, HASH, address(0), address(6)] },
      { field: "node", args: ["Org", URI, HASH, address(5), address(0)] },
    ] as const) {
      it(`a bad ${field}: ${JSON.stringify(args[["name", "profileUri"].indexOf(field)] ?? "zero").slice(0, 12)}`, async () => {
        await expect(ledger.alliance.admit(...args))
          .to.be.revertedWithCustomError(ledger.alliance, "AllianceFieldInvalid")
          .withArgs(field);
      });
    }

    it("the longest name and URI are still fine", async () => {
      await ledger.alliance.admit("界".repeat(21) + "n", "u".repeat(256), HASH, address(5), address(6));
    });

    it("an address that serves or has served anybody", async () => {
      const { alliance } = ledger;
      await admit(address(5), address(6));
      for (const [representative, node, taken] of [
        [address(5), address(7), address(5)],
        [address(6), address(7), address(6)],
        [address(7), address(6), address(6)],
        [address(8), address(8), address(8)],
      ] as const) {
        await expect(admit(representative, node))
          .to.be.revertedWithCustomError(alliance, "AllianceAddressTaken")
          .withArgs(taken);
      }
      await alliance.expel(2n);
      await expect(admit(address(5), address(9)))
        .to.be.revertedWithCustomError(alliance, "AllianceAddressTaken")
        .withArgs(address(5));
    });

    it("the 31st active member", async () => {
      const { alliance } = ledger;
      for (let i = 1; i < 30; i++) await admit(address(1000 - i), address(2000 - i));
      const validators = await alliance.getValidators();
      expect(validators).to.have.length(30);
      expect(validators).to.deep.equal([...validators].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));

      await expect(admit(address(7), address(8)))
        .to.be.revertedWithCustomError(alliance, "AllianceValidatorCount")
        .withArgs(31n, 30n);
      await alliance.suspend(5n);
      await admit(address(7), address(8));
      await expect(alliance.reinstate(5n))
        .to.be.revertedWithCustomError(alliance, "AllianceValidatorCount")
        .withArgs(31n, 30n);
    });
  });

  it("suspends, reinstates and expels", async () => {
    const { alliance } = ledger;
    await admit(address(5), address(6));
    await expect(alliance.suspend(2n))
      .to.emit(alliance, "MemberStatusChanged")
      .withArgs(2n, Status.Active, Status.Suspended);
    expect(await alliance.getValidators()).to.not.include(address(6));
    expect(await alliance.memberIdOf(address(5))).to.equal(2n);

    await expect(alliance.reinstate(2n))
      .to.emit(alliance, "MemberStatusChanged")
      .withArgs(2n, Status.Suspended, Status.Active);
    expect(await alliance.getValidators()).to.include(address(6));

    await expect(alliance.expel(2n)).to.emit(alliance, "MemberStatusChanged").withArgs(2n, Status.Active, Status.Left);
    expect(await alliance.getValidators()).to.not.include(address(6));
    expect(await alliance.memberIdOf(address(5))).to.equal(0n);
    expect((await alliance.memberOf(2n)).status).to.equal(Status.Left);
    expect([await alliance.memberCount(), await alliance.activeCount()]).to.deep.equal([2n, 1n]);
  });

  it("expels a suspended member, whose node is out already", async () => {
    const { alliance } = ledger;
    await admit(address(5), address(6));
    await alliance.suspend(2n);
    await expect(alliance.expel(2n))
      .to.emit(alliance, "MemberStatusChanged")
      .withArgs(2n, Status.Suspended, Status.Left);
    expect(await alliance.activeCount()).to.equal(1n);
  });

  for (const change of ["suspend", "expel"] as const) {
    it(`keeps the last active member: no ${change}`, async () => {
      await expect(ledger.alliance[change](1n))
        .to.be.revertedWithCustomError(ledger.alliance, "AllianceValidatorCount")
        .withArgs(0n, 30n);
    });
  }

  it("refuses changes that do not fit the standing", async () => {
    const { alliance } = ledger;
    const refuses = (call: Promise<unknown>, status: bigint) =>
      expect(call).to.be.revertedWithCustomError(alliance, "AllianceMemberStatusInvalid").withArgs(2n, status);
    await admit(address(5), address(6));
    await refuses(alliance.reinstate(2n), Status.Active);
    await alliance.suspend(2n);
    await refuses(alliance.suspend(2n), Status.Suspended);
    await alliance.expel(2n);
    await refuses(alliance.suspend(2n), Status.Left);
    await refuses(alliance.reinstate(2n), Status.Left);
    await refuses(alliance.expel(2n), Status.Left);
    await refuses(alliance.changeRepresentative(2n, address(7)), Status.Left);
    await refuses(alliance.changeNode(2n, address(7)), Status.Left);
  });

  it("names a member that does not exist", async () => {
    const { alliance } = ledger;
    for (const memberId of [0n, 2n]) {
      for (const call of [
        () => alliance.suspend(memberId),
        () => alliance.reinstate(memberId),
        () => alliance.expel(memberId),
        () => alliance.changeRepresentative(memberId, address(7)),
        () => alliance.changeNode(memberId, address(7)),
        () => alliance.memberOf(memberId),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(alliance, "AllianceMemberUnknown").withArgs(memberId);
      }
    }
  });

  it("changes a representative; the old address is spent", async () => {
    const { alliance } = ledger;
    await admit(address(5), address(6));
    await expect(alliance.changeRepresentative(2n, address(7)))
      .to.emit(alliance, "RepresentativeChanged")
      .withArgs(2n, address(5), address(7));
    expect(await alliance.memberIdOf(address(5))).to.equal(0n);
    expect(await alliance.memberIdOf(address(7))).to.equal(2n);
    expect((await alliance.memberOf(2n)).representative).to.equal(address(7));
    await expect(alliance.changeRepresentative(2n, address(5)))
      .to.be.revertedWithCustomError(alliance, "AllianceAddressTaken")
      .withArgs(address(5));
    await expect(alliance.changeRepresentative(2n, address(0)))
      .to.be.revertedWithCustomError(alliance, "AllianceFieldInvalid")
      .withArgs("representative");
  });

  it("changes a node, also that of the only member and that of a suspended one", async () => {
    const { alliance } = ledger;
    const first = (await alliance.memberOf(1n)).node;
    await expect(alliance.changeNode(1n, address(9)))
      .to.emit(alliance, "NodeChanged")
      .withArgs(1n, first, address(9));
    expect(await alliance.getValidators()).to.deep.equal([address(9)]);

    await admit(address(5), address(6));
    await alliance.suspend(2n);
    await alliance.changeNode(2n, address(4));
    expect(await alliance.getValidators()).to.deep.equal([address(9)]);
    await alliance.reinstate(2n);
    expect(await alliance.getValidators()).to.deep.equal([address(4), address(9)]);
  });

  describe("the floor of validators", () => {
    it("is 4 at first, the fewest that bear the loss of one", async () => {
      expect(await ledger.alliance.validatorFloor()).to.equal(4n);
    });

    for (const floor of [1n, 3n, 30n]) {
      it(`can be ${floor}`, async () => {
        const { alliance } = ledger;
        await expect(alliance.setValidatorFloor(floor)).to.emit(alliance, "ValidatorFloorChanged").withArgs(4n, floor);
        expect(await alliance.validatorFloor()).to.equal(floor);
      });
    }

    for (const floor of [0n, 31n]) {
      it(`can not be ${floor}`, async () => {
        await expect(ledger.alliance.setValidatorFloor(floor))
          .to.be.revertedWithCustomError(ledger.alliance, "AllianceValidatorFloorInvalid")
          .withArgs(floor, 30n);
      });
    }

    it("is the council's", async () => {
      const { alliance, actors } = ledger;
      await expect(alliance.connect(actors.founder).setValidatorFloor(3n))
        .to.be.revertedWithCustomError(alliance, "AccessManagedUnauthorized")
        .withArgs(actors.founder.address);
    });

    it("binds the agents alone: the chain lets members leave below it", async () => {
      const { alliance } = ledger;
      await admit(address(5), address(6));
      await alliance.expel(2n);
      expect(await alliance.activeCount()).to.equal(1n);
    });
  });

  it("remembers every address that ever served, and no other", async () => {
    const { alliance, actors } = ledger;
    await admit(address(5), address(6));
    await alliance.changeNode(2n, address(7));
    await alliance.changeRepresentative(2n, address(8));
    await alliance.expel(2n);
    for (const n of [5, 6, 7, 8]) expect(await alliance.isTaken(address(n)), `${n}`).to.equal(true);
    expect([await alliance.isTaken(address(9)), await alliance.isTaken(actors.outsider)]).to.deep.equal([false, false]);
    expect([await alliance.isTaken(actors.founder), await alliance.isTaken(actors.founderNode)]).to.deep.equal([
      true,
      true,
    ]);
  });

  describe("members themselves", () => {
    let own: Ledger["alliance"];

    beforeEach(async () => {
      const { alliance, actors } = ledger;
      const [representative, node] = actors.organisations;
      await admit(representative!.address, node!.address);
      own = alliance.connect(representative);
    });

    it("rotate their representative and their node", async () => {
      const { alliance, actors } = ledger;
      const [representative, node] = actors.organisations;
      await expect(own.rotateNode(address(6)))
        .to.emit(alliance, "NodeChanged")
        .withArgs(2n, node, address(6));
      expect([await alliance.memberIdOfNode(node!), await alliance.memberIdOfNode(address(6))]).to.deep.equal([0n, 2n]);
      await expect(own.rotateRepresentative(address(5)))
        .to.emit(alliance, "RepresentativeChanged")
        .withArgs(2n, representative, address(5));
      expect([await alliance.memberIdOf(representative!), await alliance.memberIdOf(address(5))]).to.deep.equal([
        0n,
        2n,
      ]);
      for (const call of [
        () => own.rotateNode(address(7)),
        () => own.rotateRepresentative(address(7)),
        () => own.resign(),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(alliance, "AllianceNotRepresentative")
          .withArgs(representative);
      }
    });

    it("take no address that serves or has served, nor none at all", async () => {
      const { alliance, actors } = ledger;
      await own.rotateNode(address(6));
      for (const call of [
        () => own.rotateNode(actors.organisations[1]!),
        () => own.rotateRepresentative(actors.organisations[1]!),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(alliance, "AllianceAddressTaken")
          .withArgs(actors.organisations[1]);
      }
      await expect(own.rotateRepresentative(actors.organisations[0]!)).to.be.revertedWithCustomError(
        alliance,
        "AllianceAddressTaken",
      );
      await expect(own.rotateNode(address(0)))
        .to.be.revertedWithCustomError(alliance, "AllianceFieldInvalid")
        .withArgs("node");
    });

    for (const isSuspended of [false, true]) {
      it(`leave${isSuspended ? " while suspended" : ""}, for good`, async () => {
        const { alliance, actors } = ledger;
        const [representative, node] = actors.organisations;
        if (isSuspended) await alliance.suspend(2n);
        await expect(own.resign())
          .to.emit(alliance, "MemberStatusChanged")
          .withArgs(2n, isSuspended ? Status.Suspended : Status.Active, Status.Left);
        expect([
          await alliance.memberIdOf(representative!),
          await alliance.memberIdOfNode(node!),
          await alliance.activeCount(),
        ]).to.deep.equal([0n, 0n, 1n]);
        expect(await alliance.getValidators()).to.not.include(node!.address);
      });
    }

    it("leave, but for the last active one", async () => {
      const { alliance, actors } = ledger;
      await alliance.suspend(2n);
      await expect(alliance.connect(actors.founder).resign())
        .to.be.revertedWithCustomError(alliance, "AllianceValidatorCount")
        .withArgs(0n, 30n);
    });
  });

  describe("votes", () => {
    const now = async () => BigInt(await ledger.networkHelpers.time.latest());
    /** What could be voted with in each of the seconds. */
    const votesAt = async (ask: (time: bigint) => Promise<bigint>, times: readonly bigint[]) =>
      await Promise.all(times.map(ask));

    it("are one a member while it is active, and their sum the number of active members", async () => {
      const { alliance, networkHelpers } = ledger;
      const times: bigint[] = [];
      for (const step of [
        () => admit(address(5), address(6)),
        () => alliance.suspend(2n),
        () => alliance.reinstate(2n),
        () => alliance.expel(2n),
      ]) {
        await step();
        times.push((await now()) - 1n, await now());
        await networkHelpers.time.increase(100);
      }
      expect(await votesAt((time) => alliance.getPastMemberVotes(2n, time), times)).to.deep.equal([
        0n,
        1n,
        1n,
        0n,
        0n,
        1n,
        1n,
        0n,
      ]);
      expect(await votesAt((time) => alliance.getPastTotalSupply(time), times)).to.deep.equal([
        1n,
        2n,
        2n,
        1n,
        1n,
        2n,
        2n,
        1n,
      ]);
      expect(await votesAt((time) => alliance.getPastVotes(address(5), time), times)).to.deep.equal([
        0n,
        1n,
        1n,
        0n,
        0n,
        1n,
        1n,
        0n,
      ]);
      expect([await alliance.getPastMemberVotes(9n, 1n), await alliance.getVotes(address(5))]).to.deep.equal([0n, 0n]);
    });

    it("begin with the first member, in the second it is made", async () => {
      const { alliance, actors } = ledger;
      const { since } = await alliance.memberOf(1n);
      expect(await votesAt((time) => alliance.getPastTotalSupply(time), [since - 1n, since])).to.deep.equal([0n, 1n]);
      expect(await alliance.getPastVotes(actors.founder, since)).to.equal(1n);
      expect([await alliance.getVotes(actors.founder), await alliance.getVotes(address(9))]).to.deep.equal([1n, 0n]);
    });

    it("are cast by an address in its own time only", async () => {
      const { alliance, networkHelpers } = ledger;
      await admit(address(5), address(6));
      const first = await now();
      await networkHelpers.time.increase(100);
      await alliance.changeRepresentative(2n, address(7));
      const second = await now();
      await networkHelpers.time.increase(100);
      await alliance.expel(2n);
      const end = await now();
      await networkHelpers.time.increase(100);
      const times = [first - 1n, first, second - 1n, second, end - 1n, end];
      expect(await votesAt((time) => alliance.getPastVotes(address(5), time), times)).to.deep.equal([
        0n,
        1n,
        1n,
        0n,
        0n,
        0n,
      ]);
      expect(await votesAt((time) => alliance.getPastVotes(address(7), time), times)).to.deep.equal([
        0n,
        0n,
        0n,
        1n,
        1n,
        0n,
      ]);
    });

    it("of this second and later are not known yet", async () => {
      const { alliance } = ledger;
      const time = await now();
      expect([await alliance.clock(), await alliance.CLOCK_MODE()]).to.deep.equal([time, "mode=timestamp"]);
      for (const call of [
        () => alliance.getPastVotes(address(5), time),
        () => alliance.getPastTotalSupply(time),
        () => alliance.getPastMemberVotes(1n, time),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(alliance, "AllianceFutureLookup").withArgs(time, time);
      }
    });

    it("cannot be given to another", async () => {
      const { alliance, actors, ethers } = ledger;
      const refuses = (call: Promise<unknown>) =>
        expect(call).to.be.revertedWithCustomError(alliance, "AllianceDelegationDisabled");
      await refuses(alliance.connect(actors.founder).delegate(actors.outsider));
      await refuses(alliance.delegateBySig(actors.outsider, 0n, 0n, 27n, ethers.ZeroHash, ethers.ZeroHash));
      expect(await alliance.delegates(actors.founder)).to.equal(actors.founder.address);
    });
  });
});
