/** What commands of draws ask the chain. */
import { lottery, merchantPoint } from "../../chain/contracts.ts";
import { readContract } from "../../chain/read-contracts.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address } from "../../kernel/ids.ts";
import { parseAddress } from "../../kernel/ids.ts";
import type { Rooms } from "../rooms.ts";

type ChainRooms = Pick<Rooms, "chain" | "deployment">;

export interface DrawTerms {
  readonly token: Address;
  readonly ticketPoints: bigint;
  readonly releaseAt: number;
}

/** Throws `not_found` for a number that no draw has. */
export async function findDrawTerms({ chain, deployment }: ChainRooms, drawId: number): Promise<DrawTerms> {
  const at = { abi: lottery, address: deployment.contracts.lottery };
  const [count] = await readContract(chain, { ...at, method: "drawCount" });
  if (drawId < 1 || BigInt(drawId) > (count as bigint)) throw new LedgerError("not_found", { what: `draw ${drawId}` });
  const [terms] = (await readContract(chain, { ...at, method: "termsOf", args: [drawId] })) as unknown as [
    { token: string; ticketPoints: bigint; releaseAt: bigint },
  ];
  return { token: parseAddress(terms.token), ticketPoints: terms.ticketPoints, releaseAt: Number(terms.releaseAt) };
}

/** Seconds that must lie between the end of sales, the end of revealing, and the end of the holds. */
export async function readDrawMargins({ chain, deployment }: ChainRooms): Promise<{ reveal: number; settle: number }> {
  const at = { abi: lottery, address: deployment.contracts.lottery };
  const [[reveal], [settle]] = await Promise.all([
    readContract(chain, { ...at, method: "REVEAL_SECONDS_MIN" }),
    readContract(chain, { ...at, method: "SETTLE_SECONDS_MIN" }),
  ]);
  return { reveal: Number(reveal), settle: Number(settle) };
}

/** Whether the lottery is a till of this token. */
export async function isLotteryTill({ chain, deployment }: ChainRooms, token: Address): Promise<boolean> {
  const args = [deployment.contracts.lottery];
  const [till] = (await readContract(chain, {
    abi: merchantPoint,
    address: token,
    method: "tillOf",
    args,
  })) as unknown as [{ dailyLimit: bigint }];
  return till.dailyLimit !== 0n;
}

async function ask(chain: Rooms["chain"], token: Address, method: string, args: readonly unknown[]): Promise<bigint> {
  const [answer] = await readContract(chain, { abi: merchantPoint, address: token, method, args });
  return answer as bigint;
}

export function currentEpochOf({ chain }: ChainRooms, token: Address): Promise<bigint> {
  return ask(chain, token, "currentEpoch", []);
}

/** What `holder` has of one epoch, and how much of the token the lottery may take from it. */
export async function readStake(
  { chain, deployment }: ChainRooms,
  of: { token: Address; holder: Address; epoch: number },
): Promise<{ held: bigint; allowed: bigint }> {
  const [held, allowed] = await Promise.all([
    ask(chain, of.token, "balanceOfAtEpoch", [of.epoch, of.holder]),
    ask(chain, of.token, "allowance", [of.holder, deployment.contracts.lottery]),
  ]);
  return { held, allowed };
}
