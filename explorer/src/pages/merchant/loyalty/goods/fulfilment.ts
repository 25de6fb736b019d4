/** The way of goods to the customer: which step can be taken from where. */
import {
  acceptGoodsRedemption,
  cancelGoodsRedemption,
  deliverGoodsRedemption,
  shipGoodsRedemption,
} from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { GoodsRedemption } from "../../../../../../gateway/client/generated/types.gen.ts";
import { useOwnId } from "../own-id.ts";
import type { Save } from "../save.ts";
import { useSave } from "../save.ts";

export type State = GoodsRedemption["state"];
export type Step = "accept" | "ship" | "deliver" | "cancel";

export const FULFILMENT_STATES = [
  "holding",
  "reserved",
  "accepting",
  "accepted",
  "shipped",
  "delivered",
  "cancelling",
  "cancelled",
  "failed",
] as const satisfies readonly State[];

export const isFulfilmentState = (text: string): text is State =>
  (FULFILMENT_STATES as readonly string[]).includes(text);

const STEPS: Readonly<Partial<Record<State, readonly Step[]>>> = {
  reserved: ["accept", "cancel"],
  accepted: ["ship", "deliver", "cancel"],
  shipped: ["deliver"],
};

export const stepsOf = (state: State): readonly Step[] => STEPS[state] ?? [];

interface Wish {
  readonly step: Step;
  readonly redemptionRef: string;
  readonly reason: string;
}

export type Fulfilment = Save<Wish, unknown>;

export function useFulfilment(): Fulfilment {
  const id = useOwnId();
  return useSave(({ step, redemptionRef, reason }: Wish, headers): Promise<{ data: unknown }> => {
    const about = { path: { id, redemptionRef }, headers, throwOnError: true } as const;
    if (step === "accept") return acceptGoodsRedemption(about);
    if (step === "cancel") return cancelGoodsRedemption({ ...about, body: { reason } });
    if (step === "ship") return shipGoodsRedemption({ ...about, body: {} });
    return deliverGoodsRedemption(about);
  });
}
