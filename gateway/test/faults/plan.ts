/** What a process under fault is to do, as its parent hands it over. */
import type { Deployment } from "../../src/chain/deployment.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseAddress, parseHex32, parsePoints } from "../../src/kernel/ids.ts";
import type { NewCommand } from "../../src/outbox/command.ts";
import type { TestMerchant } from "../support/ledger.ts";

export interface PlannedIssue {
  readonly key: string;
  readonly merchantId: number;
  readonly token: Address;
  readonly count: number;
}

export interface Plan {
  readonly store: { readonly url: string } | { readonly directory: string };
  readonly chainUrl: string;
  readonly deployment: Deployment;
  readonly passphrase: string;
  readonly processId: string;
  readonly leaseMs: number;
  readonly batchItemsMax: number;
  readonly merchants: readonly TestMerchant[];
  readonly commands: readonly PlannedIssue[];
  readonly staysUp?: boolean;
}

/** Points of item `index`: different ones, so that a sum that fits by chance is unlikely. */
export const pointsOf = (index: number): bigint => 100n + BigInt(index % 997);

export const orderOf = (key: string, index: number): string => `${key}/${index}`;

export function issueCommand({ key, merchantId, token, count }: PlannedIssue): NewCommand {
  return {
    organisation: "faults",
    idempotencyKey: key,
    requestHash: parseHex32(`0x${"5a".repeat(32)}`),
    kind: "issue",
    merchantId,
    issue: {
      token,
      items: Array.from({ length: count }, (_, index) => ({
        to: parseAddress(`0x${(0xfa17000000n + BigInt(index)).toString(16).padStart(40, "0")}`),
        points: parsePoints(pointsOf(index).toString()),
        orderRef: orderOf(key, index),
      })),
    },
  };
}
