/**
 * An invitation: all that an organisation needs to run a node of the network, signed by a representative of a member. It
 * carries the genesis itself, so the invited node cannot be led to another chain, and the contracts' addresses, which
 * the joiner compares with the chain once it has synchronised.
 */
import { z } from "zod";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import { addressOfPublicKey, enodeUrl } from "../besu/enode.ts";
import { NetworkError } from "../plan/network-error.ts";
import { networkFileSchema } from "../plan/network-file.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import { addressField, chainIdField, hex32Field, memberNameField, momentField, parseShape } from "./shapes.ts";
import { signatureField, slugField } from "./shapes.ts";
import type { Ground, Statement } from "./signed-file.ts";
import { contentDigest, signerOf, signStatement, textDigest } from "./signed-file.ts";

const invitationShape = z.strictObject({
  kind: z.literal("alliance-network-invitation"),
  version: z.literal(1),
  /** Random: two invitations are never the same, and a card answers one of them. */
  id: hex32Field,
  /** As the inviter sees it today: its nodes are those that the invited one dials. */
  network: networkFileSchema,
  /** The bytes of genesis.json as text; `network` has their digest. */
  genesis: z.string().min(2),
  /** Block 0, as the inviter's node says. */
  genesisHash: hex32Field,
  deployment: z.strictObject({
    chainId: chainIdField,
    genesisHash: hex32Field,
    deployedAtBlock: z.int().min(0),
    contracts: z.record(z.string(), addressField),
  }),
  invited: z.strictObject({ slug: slugField, name: memberNameField }),
  /** Slug of the organisation that invites. */
  inviter: slugField,
  /** Its representative. */
  signer: addressField,
  issuedAt: momentField,
  expiresAt: momentField,
});

const signedShape = invitationShape.extend({ signature: signatureField });

export type Invitation = Omit<z.infer<typeof invitationShape>, "network"> & { readonly network: NetworkFile };
export type SignedInvitation = Invitation & { readonly signature: HexData };

const TYPES = {
  Invitation: [
    { name: "id", type: "bytes32" },
    { name: "network", type: "string" },
    { name: "invited", type: "string" },
    { name: "genesisHash", type: "bytes32" },
    { name: "genesisDigest", type: "bytes32" },
    { name: "expiresAt", type: "uint64" },
    { name: "content", type: "bytes32" },
  ],
} as const;

export function signInvitation(invitation: Invitation, representative: HexData): SignedInvitation {
  const checked = parseShape(invitationShape, invitation, "invitation");
  return { ...checked, signature: signStatement(representative, statementOf(checked)) };
}

/** What must be known from elsewhere: the time, and the signer if it was told by another way. */
export interface Expectation {
  /** Unix seconds. */
  readonly now: number;
  readonly signer?: Address | undefined;
}

/** Everything that can be checked before any node runs. The chain is asked later, by `join`. */
export function verifyInvitation(json: unknown, { now, signer }: Expectation): SignedInvitation {
  const invitation = parseShape(signedShape, json, "invitation");
  const { signature, ...content } = invitation;
  if (signerOf(statementOf(content), signature) !== invitation.signer)
    refuse("its signature is not that of its signer, so something in it was changed");
  if (signer !== undefined && signer !== invitation.signer)
    refuse(`it was signed by ${invitation.signer}, not by ${signer}`);
  checkGenesis(content);
  if (invitation.expiresAt <= invitation.issuedAt) refuse("it expires before it was issued");
  if (now >= invitation.expiresAt) refuse(`it expired at ${new Date(invitation.expiresAt * 1_000).toISOString()}`);
  if (invitation.network.organisations.some(({ slug }) => slug === invitation.invited.slug))
    refuse(`the network has an organisation ${invitation.invited.slug} already`);
  return invitation;
}

/** The parts must speak of one chain: a signer could have put two together by mistake. */
function checkGenesis({ network, genesis, genesisHash, deployment }: Invitation): void {
  if (textDigest(genesis) !== network.genesisDigest) refuse("its genesis has another digest than it says");
  const chainIds = [chainIdOf(genesis), network.chain.chainId, deployment.chainId];
  if (new Set(chainIds).size > 1) refuse(`it speaks of several chains (${chainIds.join(", ")})`);
  if (deployment.genesisHash !== genesisHash) refuse("its contracts are on a chain with another block 0");
  for (const node of network.nodes) checkNode(node);
}

/** Address and enode follow from the key: a file that says otherwise is not ours. */
function checkNode({ id, publicKey, host, ports, address, enode }: NetworkNode): void {
  const isRight = addressOfPublicKey(publicKey) === address && enodeUrl({ publicKey, host, port: ports.p2p }) === enode;
  if (!isRight) refuse(`its node ${id} has another key than its enode or address`);
}

function chainIdOf(genesis: string): number {
  try {
    const { config } = JSON.parse(genesis) as { config: { chainId: number } };
    return config.chainId;
  } catch {
    return refuse("its genesis is no JSON with a chain id");
  }
}

function statementOf(content: Invitation): Statement {
  const { id, network, invited, genesisHash, expiresAt } = content;
  return {
    ground: groundOf(content),
    types: TYPES,
    values: {
      ...{ id, network: network.name, invited: invited.name, genesisHash, expiresAt },
      ...{ genesisDigest: network.genesisDigest, content: contentDigest(content) },
    },
  };
}

/** Where signatures of this invitation, and of the cards that answer it, are good. */
export function groundOf({ network, deployment }: Pick<Invitation, "network" | "deployment">): Ground {
  const { alliance } = deployment.contracts;
  if (alliance === undefined) refuse("its contracts name no alliance");
  return { chainId: network.chain.chainId, alliance };
}

function refuse(problem: string): never {
  throw new NetworkError(
    "refused",
    `The invitation is refused: ${problem}. Nothing was written or started; ask the inviter for a new one.`,
  );
}
