/** One draw, from a node: recomputed from its logs, then compared with what the contract itself says of it. */
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import { lottery } from "../../gateway/src/chain/contracts.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import { Checks } from "../audit/check.ts";
import type { Draw } from "./draw.ts";
import { prizesOf, stateOf } from "./draw.ts";
import { readRecord } from "./record.ts";
import { verifyDraw } from "./verify.ts";

/** In the order of ILottery's enum. */
const STATES = ["none", "announced", "open", "closed", "drawn", "void"];

export interface Recomputed {
  readonly draw: Draw;
  readonly checks: Checks;
  /** How many events were read, and up to which block. */
  readonly events: number;
  readonly block: number;
}

/** Throws `Difference` at the first fact that differs. */
export async function recompute(chain: ChainClient, deployment: Deployment, drawId: bigint): Promise<Recomputed> {
  const block = await chain.headNumber();
  const record = await readRecord(chain, deployment, block);
  const checks = new Checks();
  const hashOf = async (number: number) => (await chain.block(number))?.hash;
  const draw = await verifyDraw({ record, deployment, checks, hashOf }, drawId);
  await compareContract(chain, { draw, deployment, checks, block });
  return { draw, checks, events: record.events, block };
}

/** The same from the contract's own mouth: it must not say otherwise than its logs. */
async function compareContract(
  chain: ChainClient,
  { draw, deployment, checks, block }: { draw: Draw; deployment: Deployment; checks: Checks; block: number },
): Promise<void> {
  const address = deployment.contracts.lottery;
  const ask = async (method: string, ...args: readonly unknown[]): Promise<unknown> =>
    (await readContract(chain, { abi: lottery, address, method, args: [draw.drawId, ...args], block }))[0];
  const where = `draw ${draw.drawId}`;
  const { state, seed } = (await ask("drawOf")) as { state: bigint; seed: string };
  checks.same("state (asked of the contract)", where, { expected: stateOf(draw), found: STATES[Number(state)] });
  if (draw.drawn !== undefined)
    checks.same("seed (asked of the contract)", where, { expected: draw.drawn.seed, found: seed });
  const numbers = (await ask("numbersOf")) as readonly bigint[];
  checks.same("numbers (asked of the contract)", where, {
    expected: (draw.drawn?.numbers ?? []).join(" "),
    found: numbers.join(" "),
  });
  for (let index = 0; index < prizesOf(draw); index++) {
    const isPaid = draw.paid.some((one) => one.index === BigInt(index));
    const at = `prize ${index} of ${where}`;
    checks.same("paid (asked of the contract)", at, { expected: isPaid, found: await ask("isPaid", index) });
  }
}
