/** Inviting an organisation, and letting its node in when it answers with its card. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseHex32 } from "../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../besu/besu-node.ts";
import { parseEnode } from "../besu/enode.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import { readAcceptedNodes, writeAcceptedNode } from "../plan/accepted-node.ts";
import type { AcceptedNode } from "../plan/accepted-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere } from "../plan/network-file.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import { readKeyFile } from "../files/key-file.ts";
import type { Invitation, SignedInvitation } from "./invitation.ts";
import { signInvitation, verifyInvitation } from "./invitation.ts";
import type { Ledger, Representative } from "./ledger.ts";
import { memberBy, memberOf, readAlliance } from "./ledger.ts";
import { verifyCard } from "./node-card.ts";
import { readJsonFile, textDigest } from "./signed-file.ts";

export interface Guest {
  readonly slug: string;
  readonly name: string;
  readonly validSeconds: number;
}

/** Signs an invitation and keeps it in `invitations/`; gives the file's path. */
export async function invite(ledger: Ledger, network: NetworkFile, by: Representative, guest: Guest): Promise<string> {
  const { folder, deployment, clock } = ledger;
  if (network.organisations.some(({ slug }) => slug === guest.slug))
    throw new NetworkError("input", `The network has an organisation ${guest.slug} already: choose another slug.`);
  if ((await memberBy(ledger, by.key.address))?.status !== "active")
    throw new NetworkError("network", `${by.slug} is no active member of the alliance: only members invite.`);
  const now = Math.floor(clock.now() / 1_000);
  const { chainId, genesisHash, deployedAtBlock, contracts } = deployment;
  const invitation: Invitation = {
    kind: "alliance-network-invitation",
    version: 1,
    id: parseHex32(`0x${randomBytes(32).toString("hex")}`),
    network: await networkOfToday(ledger, network),
    genesis: readGenesis(folder, network),
    genesisHash,
    deployment: { chainId, genesisHash, deployedAtBlock, contracts: { ...contracts } },
    invited: { slug: guest.slug, name: guest.name },
    inviter: by.slug,
    signer: by.key.address,
    issuedAt: now,
    expiresAt: now + guest.validSeconds,
  };
  const signed = signInvitation(invitation, readKeyFile(folder.representativeKey(by.slug)).privateKey);
  mkdirSync(invitationsOf(folder), { recursive: true });
  const path = join(invitationsOf(folder), `${guest.slug}-${invitation.id.slice(2, 10)}.json`);
  writeFileSync(path, `${JSON.stringify(signed, null, 2)}\n`);
  return path;
}

function invitationsOf(folder: NetworkFolder): string {
  return join(folder.root, "invitations");
}

function readGenesis(folder: NetworkFolder, network: NetworkFile): string {
  const genesis = readFileSync(folder.genesis, "utf8");
  if (textDigest(genesis) === network.genesisDigest) return genesis;
  throw new NetworkError(
    "refused",
    `${folder.genesis} has another digest than network.json says (${network.genesisDigest}): take the right file from another organisation.`,
  );
}

/** Without nodes that left, and with those that joined by a card since `init`: a guest should dial who is there. */
async function networkOfToday(ledger: Ledger, network: NetworkFile): Promise<NetworkFile> {
  const nodes: NetworkNode[] = [];
  for (const node of network.nodes) if (!(await hasLeft(ledger, node))) nodes.push(node);
  const organisations = [...network.organisations];
  for (const accepted of readAcceptedNodes(ledger.folder)) {
    const isKnown = nodes.some(({ address }) => address === accepted.address);
    const id = (await readAlliance(ledger, "memberIdOfNode", [accepted.address])) as bigint;
    if (isKnown || id === 0n) continue;
    const { organisation: slug } = accepted;
    if (!organisations.some((one) => one.slug === slug))
      organisations.push({ slug, name: (await memberOf(ledger, id)).name });
    nodes.push(guestNode(accepted, nodes));
  }
  return { ...network, organisations, nodes };
}

async function hasLeft(ledger: Ledger, { address, role }: NetworkNode): Promise<boolean> {
  if (role === "observer" || (await readAlliance(ledger, "isTaken", [address])) !== true) return false;
  return (await readAlliance(ledger, "memberIdOfNode", [address])) === 0n;
}

/** Of somebody else's node only the p2p port is known; the others are on its own loopback. */
function guestNode({ address, enode, organisation }: AcceptedNode, others: readonly NetworkNode[]): NetworkNode {
  const { publicKey, host, port } = parseEnode(enode);
  let count = 1;
  while (others.some(({ id }) => id === `${organisation}-${count}`)) count += 1;
  const ports = { p2p: port, rpc: 8_545, ws: 8_546, metrics: 9_545 };
  return {
    id: `${organisation}-${count}`,
    organisation,
    role: "validator",
    host,
    ports,
    heapMb: 1_024,
    publicKey,
    address,
    enode,
  };
}

/** @param invitationFile Of another member; without it the card must answer an invitation of this folder. */
export async function accept(
  ledger: Ledger,
  network: NetworkFile,
  { cardFile, invitationFile }: { readonly cardFile: string; readonly invitationFile?: string | undefined },
): Promise<AcceptedNode> {
  const now = Math.floor(ledger.clock.now() / 1_000);
  const json = readJsonFile(cardFile, "node card");
  const invitation = findInvitation(ledger, json, { file: invitationFile, now });
  await checkInviter(ledger, invitation);
  const { address, enode, organisation } = verifyCard(json, invitation, now);
  const node: AcceptedNode = { version: 1, address, enode, organisation, invitation: invitation.id };
  await checkFresh(ledger, node);
  writeAcceptedNode(ledger.folder, node);
  await letIn(ledger, network, node);
  return node;
}

/** The own nodes of this computer take it at once; what is not running finds it in `accepted/` by its agent. */
export async function letIn(
  { folder, say }: Pick<Ledger, "folder" | "say">,
  network: NetworkFile,
  { address, enode }: Pick<AcceptedNode, "address" | "enode">,
): Promise<void> {
  for (const node of nodesHere(folder, network)) {
    if (node.address === address) continue;
    try {
      await connectBesu(rpcUrlOf(node)).allowNodes([enode]);
      say(`${node.id} lets ${address} in`);
    } catch (error) {
      say(`${node.id} could not be told (${(error as Error).message}): its agent does it when it runs`);
    }
  }
}

function findInvitation(
  { folder }: Ledger,
  card: unknown,
  { file, now }: { readonly file: string | undefined; readonly now: number },
): SignedInvitation {
  if (file !== undefined) return verifyInvitation(readJsonFile(file, "invitation"), { now });
  const wanted = (card as { invitation?: unknown } | null)?.invitation;
  const directory = invitationsOf(folder);
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(".json")) : [];
  for (const name of files) {
    const json = readJsonFile(join(directory, name), "invitation");
    if ((json as { id?: unknown }).id === wanted) return verifyInvitation(json, { now });
  }
  throw new NetworkError(
    "refused",
    `The card answers no invitation that was written here (${directory}). If another member invited, name its file with --invitation.`,
  );
}

/** On another chain, or by somebody who is no member any more, it invites to nothing. */
async function checkInviter(ledger: Ledger, { deployment, signer }: Invitation): Promise<void> {
  const { genesisHash, contracts } = ledger.deployment;
  if (deployment.genesisHash !== genesisHash || deployment.contracts["alliance"] !== contracts.alliance)
    throw new NetworkError("refused", "The invitation is for another network than this folder's.");
  if ((await memberBy(ledger, signer))?.status !== "active")
    throw new NetworkError("refused", `The invitation's signer ${signer} represents no active member (any more).`);
}

/** One node an invitation: a second card would let somebody in who saw the first one's invitation. */
async function checkFresh(ledger: Ledger, { address, invitation }: AcceptedNode): Promise<void> {
  const other = readAcceptedNodes(ledger.folder).find(
    (one) => one.invitation === invitation && one.address !== address,
  );
  if (other !== undefined)
    throw new NetworkError(
      "refused",
      `The invitation was answered by the node ${other.address} already. If that one is given up, delete ${join(ledger.folder.accepted, `${other.address}.json`)} and run accept again.`,
    );
  const isMember = (await readAlliance(ledger, "memberIdOfNode", [address])) !== 0n;
  if (!isMember && (await readAlliance(ledger, "isTaken", [address])) === true)
    throw new NetworkError(
      "refused",
      `The node ${address} served a member before: a key serves once. It needs a new one.`,
    );
}
