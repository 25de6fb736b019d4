/** Everything that a merchant's controller does on the chain: a row of calls in its name. */
import type { ContractCall, NewCommand } from "../outbox/command.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import type { MerchantFacts } from "./find-merchant.ts";
import { controllerKey } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export interface ControllerPlan {
  readonly kind: string;
  readonly merchant: MerchantFacts;
  readonly calls: readonly ContractCall[];
  /** What to try first; the first call when left out. A second step can rarely be tried before the first is mined. */
  readonly trial?: ContractCall;
  /** Rows that must stand or fall with the command. */
  readonly beside?: NewCommand["beside"];
}

export function acceptAsController(
  rooms: Rooms,
  asked: Asked,
  makePlan: () => Promise<ControllerPlan>,
): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { kind, merchant, calls, trial, beside } = await makePlan();
    const signer = await controllerKey(rooms, merchant);
    const tried = trial ?? calls[0];
    const { merchantId } = merchant;
    return {
      kind,
      merchantId,
      calls,
      signer,
      ...(beside === undefined ? {} : { beside }),
      ...(tried === undefined ? {} : { trial: { ...tried, from: signer } }),
    };
  });
}
