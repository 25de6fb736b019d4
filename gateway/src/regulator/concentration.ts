/** Concentration: one account holds more than a part of a token's circulating supply. */
import type { Finding } from "../kernel/alerts.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Now, TokenFacts } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS, pointsOfYuan } from "./thresholds.ts";

const BPS = 10_000n;

export interface HeldPart {
  readonly token: TokenFacts;
  readonly circulating: bigint;
  readonly account: Address;
  readonly balance: bigint;
  /** The account's last movement of this token within the range, if it moved. */
  readonly transactionHash?: Hex32;
}

/** How many holders of a token can pass the threshold at all. */
export function holdersToLookAt({ shareBpsMax }: Thresholds["concentration"]): number {
  return Math.ceil(Number(BPS) / shareBpsMax);
}

export function findConcentrations(
  parts: readonly HeldPart[],
  now: Now,
  limits: Thresholds["concentration"],
): Finding[] {
  const bucket = Math.floor(now.time / (limits.againAfterDays * DAY_SECONDS));
  const findings: Finding[] = [];
  for (const { token, circulating, account, balance, transactionHash } of parts) {
    const floor = pointsOfYuan(limits.floorYuan, token.pointsPerYuan);
    if (circulating < floor || balance * BPS <= circulating * BigInt(limits.shareBpsMax)) continue;
    findings.push({
      key: `concentration/${token.address}/${account}/${bucket}`,
      rule: "concentration",
      merchantId: token.merchantId,
      token: token.address,
      account,
      facts: {
        symbol: token.symbol,
        account,
        balance: String(balance),
        circulating: String(circulating),
        shareBps: String((balance * BPS) / circulating),
        shareBpsMax: limits.shareBpsMax,
        floor: String(floor),
      },
      blockNumber: now.blockNumber,
      time: now.time,
      ...(transactionHash === undefined ? {} : { transactionHash }),
    });
  }
  return findings;
}
