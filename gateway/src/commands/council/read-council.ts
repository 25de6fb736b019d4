/** What commands of the council ask the chain: proposals, members, and who may veto. */
import { alliance, council } from "../../chain/contracts.ts";
import { readContract } from "../../chain/read-contracts.ts";
import type { CouncilCall } from "../../council/action.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address } from "../../kernel/ids.ts";
import { parseAddress, parseHexData } from "../../kernel/ids.ts";
import type { MemberStatus, ProposalState } from "../../kernel/statuses.ts";
import { MEMBER_STATUSES, PROPOSAL_STATES, wordOf } from "../../kernel/statuses.ts";
import type { Rooms } from "../rooms.ts";

type ChainRooms = Pick<Rooms, "chain" | "deployment">;

export interface Proposal {
  readonly id: bigint;
  readonly state: ProposalState;
  readonly calls: readonly CouncilCall[];
  /** Unix seconds: votes count after it. */
  readonly snapshot: number;
  /** Unix seconds from which it can be executed; 0 before it is queued. */
  readonly eta: number;
}

/** Throws `not_found` for a number that no proposal has. */
export async function findProposal(rooms: ChainRooms, id: bigint): Promise<Proposal> {
  const ask = async <T>(method: string): Promise<T> => await askCouncil(rooms, method, [id]);
  const latest = await askCouncil<[bigint]>(rooms, "latestProposalId", []);
  if (id < 1n || id > latest[0]) throw new LedgerError("not_found", { what: `proposal ${id}` });
  const [details, state, snapshot, eta] = await Promise.all([
    ask<[string[], bigint[], string[], string]>("proposalDetails"),
    ask<[bigint]>("state"),
    ask<[bigint]>("proposalSnapshot"),
    ask<[bigint]>("proposalEta"),
  ]);
  const [targets, values, data] = details;
  return {
    id,
    state: wordOf(PROPOSAL_STATES, Number(state[0])),
    calls: targets.map((target, index) => ({
      target: parseAddress(target),
      value: values[index] ?? 0n,
      data: parseHexData(data[index] ?? "0x"),
    })),
    snapshot: Number(snapshot[0]),
    eta: Number(eta[0]),
  };
}

export async function askCouncil<T>(
  { chain, deployment }: ChainRooms,
  method: string,
  args: readonly unknown[],
): Promise<T> {
  return (await readContract(chain, {
    abi: council,
    address: deployment.contracts.council,
    method,
    args,
  })) as unknown as T;
}

export interface MemberSeat {
  readonly representative: Address;
  readonly status: MemberStatus;
}

/** Who acts for a member now. Throws `not_found` for a number that no member has. */
export async function findMember({ chain, deployment }: ChainRooms, memberId: number): Promise<MemberSeat> {
  const at = { abi: alliance, address: deployment.contracts.alliance };
  const [count] = await readContract(chain, { ...at, method: "memberCount" });
  if (BigInt(memberId) > (count as bigint)) throw new LedgerError("not_found", { what: `member ${memberId}` });
  const [member] = await readContract(chain, { ...at, method: "memberOf", args: [memberId] });
  const { representative, status } = member as { representative: string; status: bigint };
  return { representative: parseAddress(representative), status: wordOf(MEMBER_STATUSES, Number(status)) };
}
