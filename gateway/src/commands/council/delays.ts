/** Which role each call of a proposal needs, and how long it waits between the vote and its effect. */
import { accessManager } from "../../chain/contracts.ts";
import type { ContractName } from "../../chain/deployment.ts";
import { readContract } from "../../chain/read-contracts.ts";
import type { CouncilCall } from "../../council/action.ts";
import { roleName } from "../../kernel/roles.ts";
import type { Rooms } from "../rooms.ts";
import { askCouncil } from "./read-council.ts";

export interface CallPower extends CouncilCall {
  readonly contract: ContractName | undefined;
  /** Undefined: nobody restricts it, the council calls it as anybody could. */
  readonly role: string | undefined;
  /** False: the council does not hold the role, so the call would be refused. */
  readonly isHeld: boolean;
  readonly delaySeconds: number;
}

export interface Delays {
  readonly calls: readonly CallPower[];
  /** Of the whole proposal: its longest. */
  readonly delaySeconds: number;
}

type ChainRooms = Pick<Rooms, "chain" | "deployment">;

export async function readDelays(rooms: ChainRooms, calls: readonly CouncilCall[]): Promise<Delays> {
  const [[base], [own]] = await Promise.all([
    askCouncil<[bigint]>(rooms, "baseDelaySeconds", []),
    askCouncil<[bigint]>(rooms, "SELF_DELAY", []),
  ]);
  const powers = await Promise.all(calls.map((call) => powerOf(rooms, call, Number(own))));
  return { calls: powers, delaySeconds: Math.max(Number(base), ...powers.map(({ delaySeconds }) => delaySeconds)) };
}

async function powerOf(rooms: ChainRooms, call: CouncilCall, ownDelay: number): Promise<CallPower> {
  const { contracts } = rooms.deployment;
  const contract = (Object.keys(contracts) as ContractName[]).find((name) => contracts[name] === call.target);
  const selector = call.data.slice(0, 10).padEnd(10, "0");
  const isOwn = call.target === contracts.council;
  const [isFree] = await askCouncil<[boolean]>(rooms, "isAccessManagerIgnored", [call.target, selector]);
  if (isOwn || isFree) return { ...call, contract, role: undefined, isHeld: true, delaySeconds: isOwn ? ownDelay : 0 };
  const at = { abi: accessManager, address: contracts.accessManager };
  const [[role], [isImmediate, delay]] = await Promise.all([
    readContract(rooms.chain, { ...at, method: "getTargetFunctionRole", args: [call.target, selector] }),
    readContract(rooms.chain, { ...at, method: "canCall", args: [contracts.council, call.target, selector] }),
  ]);
  const isHeld = isImmediate === true || (delay as bigint) > 0n;
  return { ...call, contract, role: roleName(role as bigint), isHeld, delaySeconds: Number(delay) };
}
