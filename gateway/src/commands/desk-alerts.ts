/** Alerts by hand: what no rule sees can be flagged, and what a rule sees in vain can be dismissed, with a reason. */
import type { Address } from "../kernel/ids.ts";
import { insertAlerts, settleAlert } from "../store/desk-alerts.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import type { Asked } from "./asked.ts";
import { needOpenAlert } from "./desk-cases.ts";
import type { Made } from "./desk-write.ts";
import { writeAtDesk } from "./desk-write.ts";
import type { Rooms } from "./rooms.ts";

type DeskRooms = Pick<Rooms, "db" | "clock">;

export interface Flag {
  readonly text: string;
  readonly merchantId?: number | undefined;
  readonly token?: Address | undefined;
  readonly account?: Address | undefined;
}

export function flagByHand(rooms: DeskRooms, asked: Asked, flag: Flag): Promise<Made> {
  return writeAtDesk(rooms, asked, async ({ tx, organisation, now }) => {
    const cursor = await readCursor(tx);
    const finding = {
      key: `manual/${organisation}/${asked.idempotencyKey}`,
      rule: "manual",
      facts: { text: flag.text },
      blockNumber: cursor?.blockNumber ?? 0,
      time: cursor?.timestamp ?? 0,
      ...(flag.merchantId === undefined ? {} : { merchantId: flag.merchantId }),
      ...(flag.token === undefined ? {} : { token: flag.token }),
      ...(flag.account === undefined ? {} : { account: flag.account }),
    } as const;
    const [id] = await insertAlerts(tx, [finding], now);
    return id ?? "";
  });
}

export function dismissAlert(
  rooms: DeskRooms,
  asked: Asked,
  { alertId, because }: { alertId: string; because: string },
): Promise<Made> {
  return writeAtDesk(rooms, asked, async (hand) => {
    await needOpenAlert(hand, alertId);
    const { organisation: by, at } = hand;
    await settleAlert(hand.tx, alertId, { state: "dismissed", because, by, at });
    return alertId;
  });
}
