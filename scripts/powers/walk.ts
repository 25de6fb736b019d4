/**
 * Walks every function that changes something, of every deployed contract: what it asks for, who has that, and after
 * which delay. What is not the council's, a protocol contract's, or of the council's giving, is a finding.
 */
import type { Contract, FunctionFragment } from "ethers";
import { OWN_KINDS, OWN_POWERS } from "../../ignition/own-powers.ts";
import type { OwnKind } from "../../ignition/own-powers.ts";
import { COUNCIL_DELAYS, PROTOCOL_GRANTS, ROLES } from "../../ignition/powers.ts";
import type { PowersChain } from "./chain.ts";
import { readBuilt } from "./chain.ts";
import type { Built } from "./chain.ts";
import { Findings } from "./findings.ts";
import type { Grant, Offices } from "./grants.ts";
import { readGrants, readRoleRules, readScheduled } from "./grants.ts";

export interface Where {
  readonly contracts: Readonly<Record<string, string>>;
  readonly deployedAtBlock: number;
}

/** One function. `holders` of a role; of any other power `kind` says who. */
export interface Row {
  readonly contract: string;
  readonly signature: string;
  readonly needs: string;
  readonly kind: OwnKind | "role";
  readonly holders: readonly Holder[];
}

export interface Holder {
  readonly name: string;
  readonly delaySeconds: number;
  readonly proposalId: bigint | undefined;
}

export interface Report {
  readonly rows: readonly Row[];
  readonly roles: readonly { readonly role: string; readonly holders: readonly Holder[] }[];
  readonly tokens: number;
  readonly findings: Findings;
}

interface Place {
  readonly name: string;
  readonly address: string;
  readonly built: Built;
}

const BUILT_NAMES: Readonly<Record<string, string>> = { accessManager: "AllianceAccess", council: "AllianceCouncil" };

export async function walkPowers(chain: PowersChain, where: Where): Promise<Report> {
  const findings = new Findings();
  const places = await Promise.all(
    Object.entries(where.contracts).map(async ([key, address]): Promise<Place> => {
      const name = BUILT_NAMES[key] ?? key.slice(0, 1).toUpperCase() + key.slice(1);
      return { name, address, built: await readBuilt(name) };
    }),
  );
  const placeOf = (name: string): Place => {
    const place = places.find((one) => one.name === name);
    if (place === undefined) throw new Error(`The deployment names no ${name}: deploy with this version's scripts.`);
    return place;
  };
  const contractOf = (name: string): Contract => chain.at(placeOf(name).address, placeOf(name).built);
  const offices: Offices = {
    chain,
    manager: contractOf("AllianceAccess"),
    council: contractOf("AllianceCouncil"),
    fromBlock: where.deployedAtBlock,
  };

  const tokens = await readTokens(contractOf("MerchantRegistry"));
  const walked = [...places, ...tokens.slice(0, 1)];
  await checkCode(chain, [...places, ...tokens], findings);
  await checkAuthority([...places, ...tokens], offices, findings);
  const holdersOf = await checkOffices(offices, places, findings);

  const ownDelay = Number((await offices.council.getFunction("SELF_DELAY")()) as bigint);
  const walker = { ownDelay, holdersOf, findings };
  const rows: Row[] = [];
  for (const place of walked) {
    for (const one of await look(offices, place)) rows.push(...classify(walker, place.name, one));
  }
  const roles = Object.entries(ROLES).map(([role, number]) => ({ role, holders: holdersOf(number) }));
  const guardian = (await offices.council.getFunction("proposalGuardian")()) as string;
  const veto = BigInt(guardian) === 0n ? [] : [{ name: guardian, delaySeconds: 0, proposalId: undefined }];
  return { rows, roles: [...roles, { role: "guardian", holders: veto }], tokens: tokens.length, findings };
}

async function readTokens(registry: Contract): Promise<Place[]> {
  const built = await readBuilt("MerchantPoint");
  const places: Place[] = [];
  const count = (await registry.getFunction("merchantCount")()) as bigint;
  for (let merchantId = 1n; merchantId <= count; merchantId++) {
    const address = (await registry.getFunction("tokenOf")(merchantId)) as string;
    if (BigInt(address) !== 0n) places.push({ name: "MerchantPoint", address, built });
  }
  return places;
}

/** What is walked is the build's ABI, so the chain's code must be the build's. */
async function checkCode(chain: PowersChain, places: readonly Place[], findings: Findings): Promise<void> {
  for (const { name, address, built } of places) {
    if (!(await chain.isBuilt(address, built))) findings.add("foreignCode", { name, address });
  }
}

async function checkAuthority(
  places: readonly Place[],
  { chain, manager, council }: Offices,
  findings: Findings,
): Promise<void> {
  const expected = await manager.getAddress();
  for (const { name, address, built } of places) {
    if (!built.face.hasFunction("authority()")) continue;
    const found = (await chain.at(address, built).getFunction("authority")()) as string;
    if (found !== expected) findings.add("foreignAuthority", { name, address, found });
  }
  const found = (await council.getFunction("accessManager")()) as string;
  if (found !== expected) findings.add("foreignAuthority", { name: "AllianceCouncil", address: found, found });
}

/** Roles, their admins and guardians, and what waits: all of it the council's, or given by it. */
async function checkOffices(offices: Offices, places: readonly Place[], findings: Findings) {
  const council = await offices.council.getAddress();
  const nameOf = (account: string) =>
    account === council ? "council" : (places.find(({ address }) => address === account)?.name ?? account);
  const roleName = (role: bigint) => Object.entries(ROLES).find(([, number]) => number === role)?.[0] ?? `role ${role}`;

  const grants = await readGrants(offices);
  const trusted = new Set<string>();
  for (const { role, account, proposalId } of grants) {
    const holder = nameOf(account);
    const isMeant =
      holder === "council" || PROTOCOL_GRANTS.some((one) => ROLES[one.role] === role && one.holder === holder);
    if (!isMeant && proposalId === undefined) findings.add("foreignHolder", { role: roleName(role), account: holder });
    else trusted.add(account);
  }
  for (const role of Object.keys(COUNCIL_DELAYS) as (keyof typeof COUNCIL_DELAYS)[]) {
    const isHeld = grants.some((one) => one.role === ROLES[role] && one.account === council);
    if (!isHeld) findings.add("councilWithout", { role });
  }
  for (const { role, rule, by, proposalId } of await readRoleRules(offices)) {
    if (proposalId !== undefined) continue;
    findings.add("foreignRule", { role: roleName(role), rule, by: roleName(by) });
  }
  for (const { caller, target } of await readScheduled(offices)) {
    if (!trusted.has(caller)) findings.add("foreignSchedule", { account: nameOf(caller), target: nameOf(target) });
  }
  return (role: bigint): Holder[] => grants.filter((one) => one.role === role).map((one) => toHolder(one, nameOf));
}

function toHolder({ account, delaySeconds, proposalId }: Grant, nameOf: (account: string) => string): Holder {
  return { name: nameOf(account), delaySeconds, proposalId };
}

function changingFunctions({ face }: Built): FunctionFragment[] {
  const found: FunctionFragment[] = [];
  face.forEachFunction((fragment) => {
    if (fragment.stateMutability !== "view" && fragment.stateMutability !== "pure") found.push(fragment);
  });
  return found;
}

interface Walker {
  /** Seconds that the council's changes of its own rules wait. */
  readonly ownDelay: number;
  readonly holdersOf: (role: bigint) => Holder[];
  readonly findings: Findings;
}

/** What the chain says of one function. */
interface Look {
  readonly fragment: FunctionFragment;
  readonly role: bigint;
  readonly refusal: string | undefined;
}

async function look({ chain, manager }: Offices, { address, built }: Place): Promise<Look[]> {
  return await Promise.all(
    changingFunctions(built).map(async (fragment) => ({
      fragment,
      role: (await manager.getFunction("getTargetFunctionRole")(address, fragment.selector)) as bigint,
      refusal: await chain.refusal(address, fragment, built.face),
    })),
  );
}

function classify({ holdersOf, ownDelay, findings }: Walker, name: string, { fragment, role, refusal }: Look): Row[] {
  const row = { contract: name, signature: fragment.format() };
  if (role !== ROLES.ADMIN) {
    const known = Object.entries(ROLES).find(([, number]) => number === role)?.[0];
    if (known === undefined) findings.add("unknownRole", { ...row, role });
    else if (refusal !== "AccessManagedUnauthorized") findings.add("unguarded", { ...row, role: known });
    return [{ ...row, needs: known ?? `role ${role}`, kind: "role", holders: holdersOf(role) }];
  }
  const kind = OWN_POWERS[name]?.[fragment.name];
  if (kind === undefined) {
    findings.add("unclassified", row);
    return [];
  }
  const isForgotten = refusal === "AccessManagedUnauthorized" && kind !== "authority";
  if (isForgotten || !refuses(kind, refusal)) findings.add("unguarded", { ...row, role: OWN_KINDS[kind].en });
  const own = { name: "council", delaySeconds: ownDelay, proposalId: undefined };
  const holders = kind === "admin" || kind === "authority" ? holdersOf(ROLES.ADMIN) : kind === "council" ? [own] : [];
  return [{ ...row, needs: kind, kind, holders }];
}

/** Whether a stranger was refused as this kind of power must. */
function refuses(kind: OwnKind, refusal: string | undefined): boolean {
  if (kind === "admin") return refusal === "AccessManagerUnauthorizedAccount";
  if (kind === "council") return refusal === "GovernorOnlyExecutor";
  if (kind === "authority") return refusal === "AccessManagedUnauthorized";
  return !OWN_KINDS[kind].closed || refusal !== undefined;
}
