/** qbft_*: validators, votes and who proposed. */
import type { Backend } from "./backend.ts";
import type { Method } from "./eth-methods.ts";
import { hexOf } from "./eth-methods.ts";
import { readAddress, readBlockChoice, readBlockNumber, readBoolean, readHash } from "./parameters.ts";
import { RpcRefusal } from "./rpc-errors.ts";

/** Blocks that qbft_getSignerMetrics looks back when it is not told. */
const METRICS_RANGE = 100;

export function qbftMethods(backend: Backend): Record<string, Method> {
  const { qbft } = backend;
  const votes = (): NonNullable<typeof qbft.votes> => {
    if (qbft.votes === undefined) throw new RpcRefusal("METHOD_NOT_ENABLED");
    return qbft.votes;
  };
  return {
    qbft_getValidatorsByBlockNumber: async ([block]) => {
      const choice = readBlockChoice(block);
      if (choice.kind === "tag" && choice.tag === "pending") return qbft.nextValidators();
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

/** `to` is exclusive; without both it is the last hundred blocks. Validators that proposed none are listed with 0. */
async function signerMetrics(backend: Backend, from: unknown, to: unknown): Promise<unknown> {
  const head = await backend.head();
  const end = to === undefined ? head + 1 : await readBlockNumber(backend, readBlockChoice(to));
  const begin =
    from === undefined ? Math.max(0, head - METRICS_RANGE) : await readBlockNumber(backend, readBlockChoice(from));
  if (begin > end || end > head + 1) throw new RpcRefusal("INVALID_PARAMS");
  const counts = new Map<string, { blocks: number; last: number }>();
  for (let block = Math.max(begin, 1); block < end; block += 1) {
    const proposer = await backend.qbft.proposerOf(block);
    if (proposer === undefined) continue;
    counts.set(proposer, { blocks: (counts.get(proposer)?.blocks ?? 0) + 1, last: block });
  }
  for (const validator of await backend.qbft.nextValidators())
    if (!counts.has(validator)) counts.set(validator, { blocks: 0, last: 0 });
  return [...counts].map(([address, { blocks, last }]) => ({
    address,
    proposedBlockCount: hexOf(blocks),
    lastProposedBlockNumber: hexOf(last),
  }));
}
