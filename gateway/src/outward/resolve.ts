/** Names to numbers, in two ways: as this machine does it, and by DNS alone for names that strangers gave. */
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns";
import { Resolver } from "node:dns/promises";

export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

const TIMEOUT_MS = 2_000;
const TRIES = 2;

/** With the names of /etc/hosts and of this network: for one machine that plays every part. */
export const resolveBySystem: Resolve = (name) =>
  new Promise((resolve, reject) => {
    lookup(name, { all: true, order: "verbatim" }, (error, found) => {
      if (error === null) resolve(found);
      else reject(error);
    });
  });

/**
 * The system's way occupies one of the four threads that scrypt and files need, for as long as a stranger's name server
 * likes; this one occupies none and gives up after 4 s. Without `servers`, those of the machine.
 */
export function resolveByDns(servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers !== undefined) resolver.setServers(servers);
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    // A name without numbers of one kind is no failure; without any, the first reason is the one to tell.
    if (four.status === "rejected" && six.status === "rejected") throw four.reason;
    return [...addressesOf(four, 4), ...addressesOf(six, 6)];
  };
}

function addressesOf(outcome: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return outcome.status === "rejected" ? [] : outcome.value.map((address) => ({ address, family }));
}
