/**
 * An invitation: all that an organisation needs to run a node of the network, signed by a representative of a member. It
 * carries the genesis itself, so the invited node cannot be led to another chain, and the contracts' addresses, which
 * the joiner compares with the chain once it has synchronised.
 */
import { z } from "zod";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { parseHex32 } from "../../gateway/src/kernel/ids.ts";
import { parseEnode } from "../besu/enode.ts";
import { NetworkError } from "../plan/network-error.ts";
import { addressField, chainIdField, hex32Field, memberNameField, momentField, parseShape } from "./shapes.ts";
import { portField, publicKeyField, signatureField, slugField } from "./shapes.ts";
import type { Statement } from "./signed-file.ts";
import { contentDigest, signerOf, signStatement, textDigest } from "./signed-file.ts";

const organisationShape = z.strictObject({ slug: slugField, name: memberNameField });

const nodeShape = z.strictObject({
  id: slugField,
  organisation: slugField,
  role: z.enum(["validator", "observer"]),
  host: z.string(),
  p2pPort: portField,
  publicKey: publicKeyField,
});

const chainShape = z.strictObject({
  chainId: chainIdField,
  blockPeriodSeconds: z.int().min(1),
  requestTimeoutSeconds: z.int().min(1),
  epochLength: z.int().min(1),
  gasLimit: z.int().min(1),
  validatorSelection: z.enum(["blockheader", "contract"]),
});

const invitationShape = z.strictObject({
  kind: z.literal("alliance-network-invitation"),
  version: z.literal(1),
  /** Random: two invitations are never the same, and a card answers one of them. */
  id: hex32Field,
  network: z.string().min(1),
  besuVersion: z.string().min(1),
  chain: chainShape,
  /** The bytes of genesis.json as text. */
  genesis: z.string().min(2),
  genesisDigest: hex32Field,
  /** Block 0, as the inviter's node says. */
  genesisHash: hex32Field,
  organisations: z.array(organisationShape),
  /** Those that the inviter's network.json names. */
  nodes: z.array(nodeShape),
  /** Whom the invited node dials: the inviter's own first, then every other known one. */
  enodes: z.array(z.string()).min(1),
  deployment: z.strictObject({
    chainId: chainIdField,
    genesisHash: hex32Field,
    deployedAtBlock: z.int().min(0),
    contracts: z.record(z.string(), addressField),
  }),
  invited: organisationShape,
  /** Slug of the organisation that invites. */
  inviter: slugField,
  /** Its representative. */
  signer: addressField,
  issuedAt: momentField,
  expiresAt: momentField,
});

const signedShape = invitationShape.extend({ signature: signatureField });

export type Invitation = z.infer<typeof invitationShape>;
export type SignedInvitation = z.infer<typeof signedShape>;

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
  for (const enode of invitation.enodes) parseEnode(enode);
  return invitation;
}

/** The parts must speak of one chain: a signer could have put two together by mistake. */
function checkGenesis({ genesis, genesisDigest, genesisHash, chain, deployment }: Invitation): void {
  if (textDigest(genesis) !== genesisDigest) refuse("its genesis has another digest than it says");
  const chainIds = [chainIdOf(genesis), chain.chainId, deployment.chainId];
  if (new Set(chainIds).size > 1) refuse(`it speaks of several chains (${chainIds.join(", ")})`);
  if (deployment.genesisHash !== genesisHash) refuse("its contracts are on a chain with another block 0");
  if (deployment.contracts["alliance"] === undefined) refuse("its contracts name no alliance");
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
  const { id, network, invited, genesisHash, genesisDigest, expiresAt } = content;
  return {
    ground: groundOf(content),
    types: TYPES,
    values: {
      id,
      network,
      invited: invited.name,
      genesisHash,
      genesisDigest,
      expiresAt,
      content: contentDigest(content),
    },
  };
}

export function groundOf({ chain, deployment }: Pick<Invitation, "chain" | "deployment">) {
  const { alliance } = deployment.contracts;
  return alliance === undefined ? refuse("its contracts name no alliance") : { chainId: chain.chainId, alliance };
}

export function makeInvitationId(bytes: Uint8Array): Hex32 {
  return parseHex32(`0x${Buffer.from(bytes).toString("hex")}`);
}

function refuse(problem: string): never {
  throw new NetworkError(
    "refused",
    `The invitation is refused: ${problem}. Nothing was written or started; ask the inviter for a new one.`,
  );
}
