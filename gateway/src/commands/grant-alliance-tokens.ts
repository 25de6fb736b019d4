/** The platform pays alliance tokens from the treasury to a merchant, which needs them as collateral and reserve. */
import { allianceToken, callOf } from "../chain/contracts.ts";
import type { Alp } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { findMerchant } from "./find-merchant.ts";
import { platformKey } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export function grantAllianceTokens(
  rooms: Rooms,
  asked: Asked,
  grant: { merchantId: number; alp: Alp },
): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const signer = await platformKey(rooms);
    const { controller } = await findMerchant(rooms, grant.merchantId);
    const data = allianceToken.encodeFunctionData("transfer", [controller, grant.alp]);
    const call = callOf(rooms.deployment.contracts.allianceToken, data);
    const { merchantId } = grant;
    return { kind: "alliance-token.grant", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
