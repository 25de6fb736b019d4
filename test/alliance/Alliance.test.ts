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
});
