/** Leaving for good: take the rewards, resign, keep the node running until it is voted out, then stop it. */
import { alliance as allianceAbi, nodeRewards as rewardsAbi } from "../../gateway/src/chain/contracts.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import { parseAddress, parseHexData } from "../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../besu/besu-node.ts";
import { takeDown } from "../nodes/take-down.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { validatorOf } from "./admit.ts";
import type { Ledger, Member, Representative } from "./ledger.ts";
import { chainTime, memberBy, readAlliance } from "./ledger.ts";
import { hasSeat } from "./node-progress.ts";
import type { Seat } from "./node-progress.ts";
import { carryOut, settleLeftovers } from "./outgoing.ts";
import { waitFor } from "./patience.ts";

export interface Leaving {
  readonly network: NetworkFile;
  readonly own: Representative;
  /** A node that goes on answering until the end: the own one. */
  readonly rpcUrl: string;
}

export async function leaveAlliance(ledger: Ledger, { network, own, rpcUrl }: Leaving): Promise<void> {
  await settleLeftovers(ledger, [own.key]);
  const node = validatorOf(network, own.slug).address;
  const member = await memberBy(ledger, own.key.address);
  if (member === undefined && (await readAlliance(ledger, "isTaken", [node])) !== true)
    throw new NetworkError(
      "network",
      `${own.slug} is no member of the alliance: there is nothing to leave. \`down\` stops its node.`,
    );
  if (member !== undefined) {
    await claimAll(ledger, own, member);
    await carryOut(ledger, own.key, {
      what: "leave the alliance",
      to: ledger.deployment.contracts.alliance,
      data: parseHexData(allianceAbi.encodeFunctionData("resign")),
    });
    ledger.say(`${own.slug} has left the alliance; its node makes blocks until the others have voted it out`);
  }
  await waitUntilOut(ledger, network, { rpcUrl, node: member?.node ?? node });
  await takeDown(
    ledger.folder,
    nodesHere(ledger.folder, network).filter(({ organisation }) => organisation === own.slug),
    ledger.say,
  );
}

/** What is not claimed before the resignation is never minted. */
async function claimAll(ledger: Ledger, { slug, key }: Representative, { id }: Member): Promise<void> {
  const at = ledger.deployment.contracts.nodeRewards;
  const read = async (method: string, args: readonly unknown[] = []): Promise<readonly unknown[]> =>
    await readContract(ledger.chain, { abi: rewardsAbi, address: at, method, args });
  const number = async (method: string): Promise<number> => Number((await read(method))[0]);
  const { since } = (await readAlliance(ledger, "memberOf", [id])) as { since: bigint };
  const startedAt = await number("startedAt");
  const seconds = await number("EPOCH_SECONDS");
  const current = Math.floor(((await chainTime(ledger)) - startedAt) / seconds);
  const claimable: number[] = [];
  for (let epoch = Math.max(0, Math.floor((Number(since) - startedAt) / seconds)); epoch < current; epoch += 1) {
    const [, , , reward] = await read("standingOf", [id, epoch]);
    if ((reward as bigint) > 0n) claimable.push(epoch);
  }
  const max = await number("CLAIM_EPOCHS_MAX");
  for (let from = 0; from < claimable.length; from += max) {
    const epochs = claimable.slice(from, from + max);
    const data = parseHexData(rewardsAbi.encodeFunctionData("claim", [id, epochs]));
    await carryOut(ledger, key, { what: `claim the rewards of ${epochs.length} epochs`, to: at, data });
  }
  ledger.say(`${slug}: rewards of ${claimable.length} epochs claimed; the present epoch ${current} is forfeited`);
}

/** The others' agents vote. They do not below the floor, and then waiting is no use; a validator contract knows no floor. */
async function waitUntilOut(ledger: Ledger, { chain }: NetworkFile, seat: Seat): Promise<void> {
  const otherwise =
    "Keep the node running, and run leave again later: a validator that stops early costs the network one loss that it bears.";
  const what = `${seat.node} to be no validator any more`;
  await waitFor(ledger, { what, otherwise }, async () => {
    if (!(await hasSeat(seat))) return true;
    if (chain.validatorSelection === "blockheader") await checkFloor(ledger, seat);
    return undefined;
  });
  ledger.say(`${seat.node} is no validator any more`);
}

async function checkFloor(ledger: Ledger, { node, rpcUrl }: Seat): Promise<void> {
  const floor = Number(await readAlliance(ledger, "validatorFloor"));
  const validators = await connectBesu(rpcUrl).nextValidators();
  // Voted out since it was last looked at: those who are left may well be no more than the floor.
  if (!validators.includes(node)) return;
  const wanted = ((await readAlliance(ledger, "getValidators")) as string[]).map((text) => parseAddress(text));
  const isFilling = wanted.some((node) => !validators.includes(node));
  if (validators.length - 1 >= floor || isFilling) return;
  throw new NetworkError(
    "network",
    `There are ${validators.length} validators and the council's floor is ${floor}, so no agent votes this node out: it keeps its seat until another organisation joins or the council lowers the floor (setValidatorFloor). Keep it running, and run leave again then.`,
  );
}
