/** Who an address is, where the chain says so: whoever shows an address can show its name. */
import type { Address } from "../kernel/ids.ts";
import { readLabels } from "../store/read-accounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock } from "./at-block.ts";

export function listLabels(reading: Reading, contracts: Readonly<Record<string, Address>>) {
  const own = Object.entries(contracts).map(([name, address]) => ({ address, kind: "contract" as const, name }));
  return atBlock(reading, async ({ tx }) => ({ labels: [...own, ...(await readLabels(tx))] }));
}
