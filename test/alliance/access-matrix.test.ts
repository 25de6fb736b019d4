import { expect } from "chai";
import type { BaseContract, FunctionFragment, ParamType } from "ethers";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Power, Role, Target } from "../../ignition/powers.ts";
import { COUNCIL_DELAYS, POWERS, PROTOCOL_GRANTS, ROLES } from "../../ignition/powers.ts";
import type { Ledger, Signer } from "../support/alliance.ts";
import { createLedger, deployLedger } from "../support/alliance.ts";
import { approveMerchant, COUNTRY_STYLE } from "../support/merchants.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** A restricted function in the sources: the file's contract or abstract part, and the function's name. */
interface Restricted {
  readonly file: string;
  readonly name: string;
}

/** Zero of each type: enough, because authority is checked before any argument is looked at. */
function zeroOf({ baseType, components }: ParamType): unknown {
  if (baseType === "tuple") return components!.map(zeroOf);
  if (baseType === "array") return [];
  if (baseType === "string") return "";
  if (baseType === "address") return "0x" + "00".repeat(20);
  if (baseType === "bytes32") return "0x" + "00".repeat(32);
  if (baseType === "bytes") return "0x";
  return baseType === "bool" ? false : 0n;
}

async function findRestricted(): Promise<Restricted[]> {
  const files = await readdir(join(ROOT, "contracts"), { recursive: true });
  const found: Restricted[] = [];
  for (const file of files.filter((one) => one.endsWith(".sol") && !one.startsWith("mocks"))) {
    const source = (await readFile(join(ROOT, "contracts", file), "utf8")).replace(/\/\/[^\n]*/g, "");
    for (const [, name, head] of source.matchAll(/function (\w+)([^{;]*)\{/g)) {
      if (/\b(restricted|onlyAuthorized)\b/.test(head!)) found.push({ file, name: name! });
    }
  }
  return found;
}

describe("Access matrix", () => {
  let ledger: Ledger;
  let targets: Record<Target, BaseContract>;
  let holders: Record<Role, Signer>;

  before(async () => {
    ledger = await createLedger();
    const { token } = await approveMerchant(ledger, ledger.actors.controllers[0]!, COUNTRY_STYLE);
    targets = {
      AllianceAccess: ledger.accessManager,
      Alliance: ledger.alliance,
      AllianceToken: ledger.allianceToken,
      MerchantRegistry: ledger.merchantRegistry,
      Collateral: ledger.collateral,
      RegulatorDesk: ledger.regulatorDesk,
      SharingProgram: ledger.sharingProgram,
      MerchantPoint: token,
    };
    // One account for each role, which has no other.
    const accounts = [...ledger.actors.customers, ...ledger.actors.representatives];
    holders = Object.fromEntries(ROLE_NAMES.map((role, index) => [role, accounts[index]!])) as Record<Role, Signer>;
    for (const role of ROLE_NAMES) await ledger.accessManager.grantRole(ROLES[role], holders[role], 0);
  });

  /** True when authority lets the call through; what the function then says about its arguments is not asked here. */
  async function isAllowed({ target, signature }: Power, caller: Signer | BaseContract): Promise<boolean> {
    const contract = targets[target];
    const fragment = contract.interface.getFunction(signature)!;
    const data = contract.interface.encodeFunctionData(fragment, fragment.inputs.map(zeroOf));
    const from = "address" in caller ? caller.address : await caller.getAddress();
    try {
      await ledger.ethers.provider.call({ to: await contract.getAddress(), from, data });
      return true;
    } catch (error) {
      return !/AccessManagedUnauthorized|AccessManagerUnauthorizedAccount/.test((error as Error).message);
    }
  }

  for (const power of POWERS) {
    it(`${power.target}.${power.signature.split("(")[0]!}: ${power.role} and nobody else`, async () => {
      const allowed: string[] = [];
      for (const role of ROLE_NAMES) if (await isAllowed(power, holders[role])) allowed.push(role);
      if (await isAllowed(power, ledger.actors.outsider)) allowed.push("outsider");
      if (await isAllowed(power, ledger.actors.controllers[0]!)) allowed.push("controller");
      expect(allowed).to.deep.equal([power.role]);
    });
  }

  it("lists every restricted function of the sources, and no other", async () => {
    const inSources = (await findRestricted()).map(({ name }) => name).sort();
    const inTable = POWERS.map(({ signature }) => signature.split("(")[0]!).sort();
    expect(inTable).to.deep.equal(inSources);
    for (const { target, signature } of POWERS) {
      const fragment: FunctionFragment | null = targets[target].interface.getFunction(signature);
      expect(fragment?.format(), `${target}.${signature}`).to.equal(signature);
    }
  });

  it("has the same numbers in Roles.sol and in the table that the deployment applies", async () => {
    const source = await readFile(join(ROOT, "contracts", "alliance", "Roles.sol"), "utf8");
    const constants = [...source.matchAll(/uint64 internal constant (\w+) = (\d+);/g)];
    expect(Object.fromEntries(constants.map(([, name, id]) => [name, BigInt(id!)]))).to.deep.equal(ROLES);
  });

  it("is written out in docs/reference/powers.md, every line of it", async () => {
    const page = await readFile(join(ROOT, "docs", "reference", "powers.md"), "utf8");
    for (const { target, signature, role } of POWERS) {
      expect(page).to.match(new RegExp(`^\\| ${target} +\\| \`${signature.split("(")[0]!}\` +\\| ${role} +\\|`, "m"));
    }
    expect(page.match(/^\| \w+ +\| `/gm)).to.have.length(POWERS.length);
  });

  it("leaves every role with the council, after its delay, and with the contracts that need one at once", async () => {
    const fresh = await deployLedger({ routineDelaySeconds: 60n, dangerousDelaySeconds: 3_600n });
    const { accessManager, actors, council, merchantRegistry, regulatorDesk, nodeRewards } = fresh;
    const waits = { routine: 60n, dangerous: 3_600n };
    const contracts = { MerchantRegistry: merchantRegistry, RegulatorDesk: regulatorDesk, NodeRewards: nodeRewards };
    const expected = [
      ...Object.entries(COUNCIL_DELAYS).map(([role, kind]) => [role, council, waits[kind]] as const),
      ...PROTOCOL_GRANTS.map(({ role, holder }) => [role, contracts[holder], 0n] as const),
    ];
    for (const [role, holder, wait] of expected) {
      const held = await accessManager.hasRole(ROLES[role as Role], holder);
      expect([held.isMember, held.executionDelay], role).to.deep.equal([true, wait]);
    }

    const granted = await accessManager.queryFilter(accessManager.filters.RoleGranted());
    const holders: string[] = [];
    for (const { args } of granted) {
      const { isMember } = await accessManager.hasRole(args.roleId, args.account);
      if (isMember) holders.push(`${args.roleId} ${args.account}`);
    }
    const listed = expected.map(async ([role, holder]) => `${ROLES[role as Role]} ${await holder.getAddress()}`);
    expect(holders.sort()).to.deep.equal((await Promise.all(listed)).sort());
    expect(holders.some((line) => line.endsWith(actors.deployer.address))).to.equal(false);
  });
});
