/** The sharing program turned on, with merchants in it, for contract tests. */
import type { Result } from "ethers";

import type { Ledger, Signer } from "./alliance.ts";
import { ALP, createLedger } from "./alliance.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE } from "./merchants.ts";
import { DAY } from "./time.ts";

/** Share value and points have 18 decimals: one yuan, one share point. */
export const YUAN = 10n ** 18n;
export const SHARE = 10n ** 18n;
export const FEN_PER_YUAN = 100n;
/** What the treasury gives at first: the deployment's default. */
export const SEED = 10_000n * ALP;
export const DAYS_PER_CALL_MAX = 100n;

export const PARAMETERS = {
  consumerMultiple: 10n,
  merchantMultiple: 2n,
  dailyPoints: 498n * SHARE,
  rebateMinBps: 100n,
  rebateMaxBps: 10_000n,
};

export type SharingMerchant = Awaited<ReturnType<typeof admitToSharing>>;
export type Sharing = Awaited<ReturnType<typeof openSharing>>;

/** A ledger whose program can be turned on: what the council decides in one proposal, less the last action. */
export async function prepareSharing() {
  const ledger = await createLedger();
  const { allianceToken, sharingProgram } = ledger;
  await allianceToken.admitHolder(sharingProgram);
  await allianceToken.setPayer(sharingProgram, true);
  await allianceToken.approve(sharingProgram, SEED);
  return { ...ledger, program: sharingProgram };
}

/** The program is on, and two merchants could join. */
export async function openSharing(parameters: Partial<typeof PARAMETERS> = {}) {
  const ledger = await prepareSharing();
  await ledger.program.enable({ ...PARAMETERS, ...parameters });
  const country = await admitToSharing(ledger, 0, 1_000_000n * ALP);
  const burger = await admitToSharing(ledger, 1, 1_000_000n * ALP);
  return { ...ledger, country, burger };
}

/** An admitted merchant with a till and `alp` to pay deposits from. */
export async function admitToSharing(ledger: Ledger, seat: number, alp: bigint) {
  const { allianceToken, sharingProgram, actors } = ledger;
  const controller = actors.controllers[seat]!;
  const till = actors.tills[seat]!;
  const { merchantId, token } = await approveMerchant(ledger, controller, seat === 0 ? COUNTRY_STYLE : BURGER);
  await token.connect(controller).setTill(till, 1n);
  await allianceToken.transfer(controller, alp);
  await allianceToken.connect(controller).approve(sharingProgram, 2n ** 256n - 1n);
  return { merchantId, token, controller, till };
}

type Days = Pick<Ledger, "networkHelpers" | "sharingProgram">;

/** Moves the clock to the first second at which day `day` (1, 2, 3 …) is over. Nothing is given out by it. */
export async function endDay({ networkHelpers, sharingProgram }: Days, day: number): Promise<void> {
  await networkHelpers.time.increaseTo(Number(await sharingProgram.enabledAt()) + day * DAY);
}

/** A struct as ethers decodes it, as a plain object that can be compared. */
export function plain(struct: object): Record<string, unknown> {
  return (struct as Result).toObject();
}

let refCount = 0;

/** Shares a sale of `yuan` whole yuan, by the merchant's till, under a fresh ref. */
export async function shareSale(
  { sharingProgram, ethers }: Ledger,
  { merchantId, till }: SharingMerchant,
  { consumer, yuan }: { consumer: Signer | { address: string }; yuan: bigint },
): Promise<string> {
  refCount += 1;
  const ref = ethers.id(`sale ${refCount}`);
  await sharingProgram.connect(till).share(merchantId, consumer.address, yuan * FEN_PER_YUAN, ref);
  return ref;
}
