/** A merchant on its way out, with the real token, pool and collateral. */
import type { Ledger, Signer } from "./alliance.ts";
import { createLedger } from "./alliance.ts";
import type { Merchant, MerchantPlan } from "./merchants.ts";
import { admitMerchant, COUNTRY_STYLE } from "./merchants.ts";
import { DAY } from "./time.ts";

export const NOTICE_SECONDS = 7 * DAY;
export const WIND_DOWN_SECONDS = 180 * DAY;

/** In the order of IMerchantRegistry's enum. */
export const Status = {
  None: 0n,
  Applied: 1n,
  Active: 2n,
  IssueHalted: 3n,
  Suspended: 4n,
  WindingDown: 5n,
  Closed: 6n,
} as const;

/** One merchant in full: reserves in the pool, and a till that can issue as much as collateral allows. */
export async function createExit(change: Partial<MerchantPlan> = {}) {
  const ledger = await createLedger();
  const plan = { ...COUNTRY_STYLE, tillDailyLimit: 2n ** 56n - 1n, ...change };
  const merchant = await admitMerchant(ledger, 0, plan);
  return { ledger, merchant };
}

let refs = 0;

export function issue(ledger: Ledger, { token, till }: Merchant, to: Signer, points: bigint) {
  refs += 1;
  return token.connect(till).issue(to, points, ledger.ethers.id(`exit: issue ${refs}`));
}

export async function hold(ledger: Ledger, { token }: Merchant, holder: Signer, points: bigint, seconds: number) {
  refs += 1;
  const ref = ledger.ethers.id(`exit: hold ${refs}`);
  const releaseAt = (await ledger.networkHelpers.time.latest()) + seconds;
  await token.connect(holder).hold(points, 1n, ref, releaseAt);
  return { ref, releaseAt };
}

export async function announce(ledger: Ledger, { merchantId, controller }: Merchant) {
  await ledger.merchantRegistry.connect(controller).announceExit(merchantId);
}

/** By the merchant itself, after its notice. */
export async function windDown(ledger: Ledger, merchant: Merchant) {
  await announce(ledger, merchant);
  await ledger.networkHelpers.time.increase(NOTICE_SECONDS);
  return ledger.merchantRegistry.connect(merchant.controller).beginWindDown(merchant.merchantId);
}

/** Signs a TurnIn; `domain` differs from Collateral's own where a test wants it to. */
export async function signTurnIn(
  ledger: Ledger,
  signer: Signer,
  message: { holder: string; merchantId: bigint; points: bigint; ref: string; deadline: number },
  domain: { chainId?: bigint; verifyingContract?: string } = {},
) {
  const { chainId } = await ledger.ethers.provider.getNetwork();
  const verifyingContract = await ledger.collateral.getAddress();
  return signer.signTypedData(
    { name: "Collateral", version: "1", chainId, verifyingContract, ...domain },
    TURN_IN,
    message,
  );
}

const TURN_IN = {
  TurnIn: [
    { name: "holder", type: "address" },
    { name: "merchantId", type: "uint256" },
    { name: "points", type: "uint256" },
    { name: "ref", type: "bytes32" },
    { name: "deadline", type: "uint256" },
  ],
};
