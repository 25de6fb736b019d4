/** What can be done with a hold or a redemption. */
import type { Redemption } from "../../../../gateway/client/generated/types.gen.ts";

export type Step = "capture" | "release" | "refund";

export const STATE_TONES = { held: "warn", captured: "good", released: "idle" } as const;

export const isStateWord = (state: string): state is keyof typeof STATE_TONES => state in STATE_TONES;

const KINDS = ["deduction", "goods", "lottery"] as const;
export const isKindWord = (kind: string): kind is (typeof KINDS)[number] => (KINDS as readonly string[]).includes(kind);

/** Base units that can be consumed, or given back: `redeemed` is less what came back already. */
export const settleable = ({ state, points, redeemed }: Redemption): bigint =>
  BigInt(state === "held" ? points.amount : redeemed.amount);

export function stepsOf(redemption: Redemption): readonly Step[] {
  if (redemption.state === "held") return ["capture", "release"];
  return redemption.state === "captured" && settleable(redemption) > 0n ? ["refund"] : [];
}
