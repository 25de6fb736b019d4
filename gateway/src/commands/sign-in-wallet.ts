/** Signing in with a wallet of one's own: the gateway gives a number, the wallet signs a text with it (EIP-4361). */
import type { WalletMessage } from "../chain/wallet-message.ts";
import { checksummed, isSignedBy, readWalletMessage } from "../chain/wallet-message.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { insertNonce, spendNonce } from "../store/sign-in-tokens.ts";
import type { Rooms } from "./rooms.ts";
import type { SignedIn } from "./sessions.ts";
import { openSession } from "./sessions.ts";

/** From the number to the signature: a hardware wallet takes a minute. */
export const NONCE_MS = 10 * 60_000;
/** Clocks of readers differ by so much at most. */
const AHEAD_MS = 5 * 60_000;

type WalletRooms = Pick<Rooms, "db" | "clock" | "chain" | "deployment">;

export interface WalletProof {
  readonly message: string;
  readonly signature: HexData;
}

export async function prepareWalletSignIn({ db, clock, deployment }: WalletRooms, account: Address) {
  const expiresAt = clock.now() + NONCE_MS;
  const nonce = await insertNonce(db, clock.now(), expiresAt);
  return { nonce, expiresAt, address: checksummed(account), chainId: deployment.chainId };
}

const REASONS = {
  form: ["it is not of the form of EIP-4361", "格式不符合 EIP-4361"],
  version: ["its version is not 1", "版本不是 1"],
  domain: ["it was signed for another page", "签名对应的网站不是本站"],
  uri: ["its address is not one of this site", "其中的网址不属于本站"],
  chain: ["it names another chain", "所指的链不是本链"],
  old: ["it was signed too long ago, or its time is ahead of ours", "签署时间过早，或晚于网关时间"],
  expired: ["it has expired", "已过有效期"],
  early: ["it is not good yet", "尚未生效"],
  nonce: ["its number is unknown, used or too old", "随机数不存在、已使用或已过期"],
  signature: ["the account did not sign it", "签名与账户不符"],
  site: ["this gateway does not know its own address (LEDGER_PUBLIC_URL)", "网关未设置自己的网址（LEDGER_PUBLIC_URL）"],
} as const satisfies Record<string, readonly [string, string]>;

function refuse(reason: keyof typeof REASONS): never {
  const [problem, problemZh] = REASONS[reason];
  throw new LedgerError("wallet_proof_refused", { reason, problem, problemZh });
}

export async function signInWithWallet(
  rooms: WalletRooms,
  proof: WalletProof,
  publicUrl: string | undefined,
): Promise<SignedIn> {
  const message = readWalletMessage(proof.message) ?? refuse("form");
  assertForHere(message, publicUrl);
  if (message.chainId !== rooms.deployment.chainId) refuse("chain");
  assertInTime(message, rooms.clock.now());
  // Spent before the signature is looked at: nobody tries one number twice.
  if (!(await spendNonce(rooms.db, message.nonce, rooms.clock.now()))) refuse("nonce");
  const { account } = message;
  if (!(await isSignedBy(rooms.chain, account, { text: proof.message, signature: proof.signature })))
    refuse("signature");
  return openSession(rooms, { account, organisation: `wallet-${account}` });
}

/** This machine, whatever the port: a demo, or a page that is being built. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * The domain is what the wallet showed its owner. A request's own Host header proves nothing: whoever made the owner sign
 * for another site would send that one along.
 */
function assertForHere({ domain, uri, version }: WalletMessage, publicUrl: string | undefined): void {
  if (version !== "1") refuse("version");
  if (publicUrl === undefined && !LOOPBACK.test(domain)) refuse("site");
  if (publicUrl !== undefined && domain !== new URL(publicUrl).host) refuse("domain");
  const page = URL.canParse(uri) ? new URL(uri) : refuse("uri");
  const isHttp = page.protocol === "http:" || page.protocol === "https:";
  if (!isHttp || page.host !== domain || (publicUrl !== undefined && page.origin !== publicUrl)) refuse("uri");
}

function assertInTime({ issuedAt, expiresAt, notBefore }: WalletMessage, now: number): void {
  // Written so that what is no time (NaN) is refused, too.
  if (!(issuedAt > now - NONCE_MS && issuedAt <= now + AHEAD_MS)) refuse("old");
  if (expiresAt !== undefined && !(expiresAt > now)) refuse("expired");
  if (notBefore !== undefined && !(notBefore <= now)) refuse("early");
}
