/** Joining: from a verified invitation to a seat among the validators. Each run goes on from where files and chain stand. */
import { writeFileSync } from "node:fs";
import { parseDeployment } from "../../gateway/src/chain/deployment.ts";
import { wallClock } from "../../gateway/src/kernel/clock.ts";
import { bringUp, startAgents } from "../nodes/bring-up.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import { NetworkError } from "../plan/network-error.ts";
import { writeRequests } from "./founding-request.ts";
import type { SignedInvitation } from "./invitation.ts";
import type { Joined, Joining } from "./joining-folder.ts";
import { makeJoiningFolder, writeCard } from "./joining-folder.ts";
import type { Ledger, Representative } from "./ledger.ts";
import { memberBy, oneRepresentative, openLedger } from "./ledger.ts";
import { checkBlock0, waitForPeer, waitForSeat, waitForSync } from "./node-progress.ts";
import { waitFor } from "./patience.ts";

/** A JVM on a busy computer answers after a minute. */
const START_TIMEOUT_MS = 300_000;

export interface Join extends Joining {
  readonly patienceSeconds: number;
  readonly say: (line: string) => void;
}

export async function joinNetwork(join: Join): Promise<void> {
  const { folder, invitation, patienceSeconds, say } = join;
  const joined = makeJoiningFolder(join);
  const { network, node } = joined;
  const card = writeCard(join, joined);
  say(
    `the invitation of ${invitation.inviter} to ${network.name} is right: chain ${network.chain.chainId}, signer ${invitation.signer}`,
  );
  say(`node ${node.address}, card ${card}`);

  await bringUp(
    folder,
    { node: node.id, timeoutMs: START_TIMEOUT_MS, waitsForBlocks: false, startsAgents: false },
    say,
  );
  await checkBlock0(node, invitation.genesisHash);
  const waiter = { clock: wallClock, say, patienceSeconds };
  const send = `Send ${card} to ${invitation.inviter}, who runs: npm run network -- accept node-card.json. Then run the same join again.`;
  await waitForPeer(waiter, node, send);
  await waitForSync(waiter, network, node);

  const ledger = await openInvited(join, joined);
  await startAgents(folder, [node], say);
  const own = oneRepresentative(folder, network, node.organisation);
  await admission(ledger, joined, own);
  const seat = { rpcUrl: rpcUrlOf(node), node: node.address };
  const votes = "The members' agents vote when they see this node: run join again later, or doctor.";
  const follows =
    "The validators of the genesis must have named the alliance (follow-alliance): ask the inviter, then run join again.";
  await waitForSeat(ledger, seat, network.chain.validatorSelection === "contract" ? follows : votes);
}

/** The contracts must be where the invitation says, and whoever signed it must speak for a member: only now it counts. */
async function openInvited({ folder, invitation, say, patienceSeconds }: Join, { network }: Joined): Promise<Ledger> {
  const text = `${JSON.stringify(invitation.deployment, null, 2)}\n`;
  const ledger = await openLedger(folder, network, { patienceSeconds, say, deployment: parseDeployment(text) });
  for (const [name, address] of Object.entries(ledger.deployment.contracts))
    if ((await ledger.chain.codeOf(address)) === "0x")
      throw refusal(invitation, `there is no ${name} at ${address} on the chain`);
  const inviter = await memberBy(ledger, invitation.signer);
  if (inviter?.status !== "active")
    throw refusal(
      invitation,
      `its signer ${invitation.signer} represents no active member of the alliance on the chain`,
    );
  say(`the chain is the one invited to; ${invitation.signer} represents member ${inviter.id}, ${inviter.name}`);
  // From now on `up` starts the agent too.
  writeFileSync(folder.deployment, text);
  return ledger;
}

function refusal({ inviter }: SignedInvitation, problem: string): NetworkError {
  return new NetworkError(
    "refused",
    `The invitation does not fit the chain: ${problem}. Stop the node (down), and ask ${inviter} by telephone what is going on.`,
  );
}

async function admission(ledger: Ledger, { network }: Joined, own: Representative): Promise<void> {
  const isMember = async (): Promise<true | undefined> => {
    const member = await memberBy(ledger, own.key.address);
    return member?.status === "active" ? true : undefined;
  };
  if ((await isMember()) === undefined) {
    const [path = ""] = writeRequests(ledger, network, [own]);
    const otherwise = `Send ${path} to any member, who runs: npm run network -- admit ${path.split("/").at(-1) ?? ""}; the others vote. Run join again when the council has decided.`;
    ledger.say(otherwise);
    await waitFor(ledger, { what: "the council to admit this organisation", otherwise }, isMember);
  }
  ledger.say(`${own.slug} is a member of the alliance`);
}
