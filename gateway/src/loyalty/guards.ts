/** Should a deed earn? What was seen of it, held against the bounds of the book. It judges; a person decides. */
import type { Address } from "../kernel/ids.ts";
import type { RuleBook } from "./rule-book.ts";
import type { Edge } from "./rings.ts";
import { findRing } from "./rings.ts";

export interface Deed {
  readonly merchantId: number;
  readonly account: Address;
  readonly at: number;
  readonly kind: "order" | "event" | "referral";
  /** A salted hash made by the shop; never a device's own number. */
  readonly deviceHash?: string | undefined;
  readonly referrer?: Address | undefined;
}

/** Why it earns nothing: a stable word and the numbers behind it. */
export interface Objection {
  readonly code: "self_dealing" | "velocity" | "device_shared" | "account_devices" | "ring" | "frozen";
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What the rows show. The deed itself is counted where a bound is about it. */
export interface Sightings {
  /** Keys of the merchant's own: its controller and its tills, also former ones. */
  readonly ownKeys: ReadonlySet<Address>;
  readonly frozen: ReadonlySet<Address>;
  /** Most orders in an hour, most events in a minute, that the deed is a part of. */
  readonly ordersInHour: number;
  readonly eventsInMinute: number;
  readonly accountsOnDevice: number;
  readonly devicesOfAccount: number;
  /** Accounts that share a device with this one, this one left out. */
  readonly companions: readonly Address[];
  /** Among them and this one: points sent, and referrals (from the friend to who brought it: that way the reward flows). */
  readonly edges: readonly Edge[];
  /** Who brought the referrer, who brought that one …, nearest first. */
  readonly referrersAbove: readonly Address[];
}

export function judge(deed: Deed, { guards }: Pick<RuleBook, "guards">, seen: Sightings): readonly Objection[] {
  const parties = [deed.account, ...(deed.referrer === undefined ? [] : [deed.referrer])];
  return [
    ...parties.flatMap((account) => ofParty(account, guards, seen)),
    ...velocity(deed, guards, seen),
    ...devices(deed, guards, seen),
    ...rings(deed, seen),
  ];
}

function ofParty(account: Address, { ownAccounts }: RuleBook["guards"], { ownKeys, frozen }: Sightings): Objection[] {
  const found: Objection[] = [];
  if (ownKeys.has(account)) found.push({ code: "self_dealing", facts: { account, by: "key" } });
  else if (ownAccounts.includes(account)) found.push({ code: "self_dealing", facts: { account, by: "listed" } });
  if (frozen.has(account)) found.push({ code: "frozen", facts: { account } });
  return found;
}

function velocity({ kind }: Deed, guards: RuleBook["guards"], seen: Sightings): Objection[] {
  const { ordersPerHourMax, eventsPerMinuteMax } = guards;
  if (kind === "order" && seen.ordersInHour > ordersPerHourMax)
    return [{ code: "velocity", facts: { what: "orders an hour", count: seen.ordersInHour, max: ordersPerHourMax } }];
  if (kind === "event" && seen.eventsInMinute > eventsPerMinuteMax)
    return [
      { code: "velocity", facts: { what: "events a minute", count: seen.eventsInMinute, max: eventsPerMinuteMax } },
    ];
  return [];
}

function devices({ deviceHash }: Deed, guards: RuleBook["guards"], seen: Sightings): Objection[] {
  const found: Objection[] = [];
  const { accountsPerDeviceMax, devicesPerAccountMax } = guards;
  if (deviceHash === undefined) return found;
  if (seen.accountsOnDevice > accountsPerDeviceMax)
    found.push({ code: "device_shared", facts: { count: seen.accountsOnDevice, max: accountsPerDeviceMax } });
  if (seen.devicesOfAccount > devicesPerAccountMax)
    found.push({ code: "account_devices", facts: { count: seen.devicesOfAccount, max: devicesPerAccountMax } });
  return found;
}

/** One person in two roles: on one device with who brought it, bringing itself by others, or points that come back. */
function rings({ account, referrer }: Deed, { companions, edges, referrersAbove }: Sightings): Objection[] {
  if (referrer !== undefined) {
    if (referrer === account) return [{ code: "ring", facts: { by: "itself", account } }];
    if (companions.includes(referrer)) return [{ code: "ring", facts: { by: "device", account: referrer } }];
    const steps = referrersAbove.indexOf(account);
    if (steps >= 0) return [{ code: "ring", facts: { by: "referrals", accounts: steps + 2 } }];
  }
  const ring = findRing(edges, account);
  return ring === undefined ? [] : [{ code: "ring", facts: { by: "points", accounts: ring.length } }];
}
