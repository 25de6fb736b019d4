/** A merchant applies to be admitted: the gateway makes the key that will control it and applies with that key. */
import { callOf, merchantRegistry } from "../chain/contracts.ts";
import { CALENDARS } from "../kernel/calendar.ts";
import type { Calendar } from "../kernel/calendar.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import type { Rooms } from "./rooms.ts";

export interface Application {
  readonly legalName: string;
  readonly tokenName: string;
  readonly tokenSymbol: string;
  readonly category: string;
  readonly pointsPerYuan: 100 | 1000;
  readonly calendar: Calendar;
  readonly utcOffsetSeconds: number;
  readonly profileUri: string;
  readonly profileHash: Hex32;
}

export function applyForMerchant(rooms: Rooms, asked: Asked, application: Application): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { profileUri, profileHash, calendar, ...terms } = application;
    const controller = await rooms.signers.create({ purpose: "controller" });
    const call = callOf(
      rooms.deployment.contracts.merchantRegistry,
      merchantRegistry.encodeFunctionData("applyFor", [
        { ...terms, calendar: CALENDARS.indexOf(calendar) },
        profileUri,
        profileHash,
      ]),
    );
    return { kind: "merchant.apply", calls: [call], signer: controller, trial: { ...call, from: controller } };
  });
}
