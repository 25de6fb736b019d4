/** qbft_*: validators, votes and who proposed. */
import type { Backend } from "./backend.ts";
import type { Method } from "./eth-methods.ts";
import { hexOf } from "./eth-methods.ts";
import { readAddress, readBlockChoice, readBlockNumber, readBoolean, readHash } from "./parameters.ts";
import { RpcRefusal } from "./rpc-errors.ts";

/** Blocks that qbft_getSignerMetrics looks back when it is not told. */
const METRICS_RANGE = 100;
const ZERO = `0x${"00".repeat(20)}`;

export function qbftMethods(backend: Backend): Record<string, Method> {
  const { qbft } = backend;
  const votes = (): NonNullable<typeof qbft.votes> => {
    if (qbft.votes === undefined) throw new RpcRefusal("METHOD_NOT_ENABLED");
    return qbft.votes;
  };
  return {
    qbft_getValidatorsByBlockNumber: async ([block]) => {
      const choice = readBlockChoice(block);
      if (choice.kind === "tag" && choice.tag === "pending") return qbft.sealersOf((await backend.head()) + 1);
      const number = await readBlockNumber(backend, choice);
      return number > (await backend.head()) ? null : qbft.validatorsAt(number);
    },
    qbft_getValidatorsByBlockHash: async ([hash]) => {
      const asked = readHash(hash, "INVALID_BLOCK_HASH_PARAMS");
      if (asked === backend.genesisHash) return qbft.validatorsAt(0);
      const block = await backend.evm.get<{ number: string } | null>("eth_getBlockByHash", [asked, false]);
      return block === null ? null : qbft.validatorsAt(Number(block.number));
    },
    qbft_proposeValidatorVote: ([address, isIn]) => {
      const open = votes();
      open.propose(readAddress(address), readBoolean(isIn, "INVALID_VOTE_TYPE_PARAMS"));
      return true;
    },
    qbft_discardValidatorVote: ([address]) => {
      const open = votes();
      open.discard(readAddress(address));
      return true;
    },
    qbft_getPendingVotes: () => Object.fromEntries(votes().all),
    qbft_getRequestTimeoutSeconds: () => qbft.requestTimeoutSeconds,
    qbft_getSignerMetrics: async ([from, to]) => signerMetrics(backend, from, to),
  };
}

/** The end is exclusive and at most the head; validators that proposed none in the range are listed with 0. */
async function signerMetrics(backend: Backend, from: unknown, to: unknown): Promise<unknown> {
  const head = await backend.head();
  const at = async (edge: unknown): Promise<number> => readBlockNumber(backend, readBlockChoice(edge));
  const begin = from === undefined ? Math.max(0, head - METRICS_RANGE) : await at(from);
  const end = to === undefined ? head : Math.min(await at(to), head);
  if (begin >= end) throw new RpcRefusal("INVALID_BLOCK_NUMBER_PARAMS");
  const counts = new Map<string, { blocks: number; last: number }>();
  for (let block = begin; block < end; block += 1) {
    // Block 0 counts too: nobody's, with coinbase 0.
    const proposer = (await backend.qbft.proposerOf(block)) ?? ZERO;
    counts.set(proposer, { blocks: (counts.get(proposer)?.blocks ?? 0) + 1, last: block });
  }
  for (const validator of await backend.qbft.sealersOf(end))
    if (!counts.has(validator)) counts.set(validator, { blocks: 0, last: 0 });
  return [...counts].map(([address, { blocks, last }]) => ({
    address,
    proposedBlockCount: hexOf(blocks),
    lastProposedBlockNumber: hexOf(last),
  }));
}
