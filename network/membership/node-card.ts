/**
 * A node's card: how an invited node is reached, signed by the node's own key. It answers one invitation, so a card that
 * somebody saw elsewhere lets nobody in, and nobody can enter a node whose key is not theirs.
 */
import { z } from "zod";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import { addressOfPublicKey, enodeUrl, parseEnode } from "../besu/enode.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { Invitation } from "./invitation.ts";
import { groundOf } from "./invitation.ts";
import { addressField, chainIdField, hex32Field, momentField, parseShape } from "./shapes.ts";
import { portField, publicKeyField, signatureField, slugField } from "./shapes.ts";
import type { Statement } from "./signed-file.ts";
import { signerOf, signStatement } from "./signed-file.ts";

const cardShape = z.strictObject({
  kind: z.literal("alliance-network-node-card"),
  version: z.literal(1),
  chainId: chainIdField,
  alliance: addressField,
  /** Id of the invitation that it answers. */
  invitation: hex32Field,
  organisation: slugField,
  publicKey: publicKeyField,
  host: z.string().min(1),
  port: portField,
  expiresAt: momentField,
});

const signedShape = cardShape.extend({ signature: signatureField });

export type NodeCard = z.infer<typeof cardShape>;
export type SignedNodeCard = z.infer<typeof signedShape>;

const TYPES = {
  NodeCard: [
    { name: "invitation", type: "bytes32" },
    { name: "organisation", type: "string" },
    { name: "publicKey", type: "bytes" },
    { name: "host", type: "string" },
    { name: "port", type: "uint16" },
    { name: "expiresAt", type: "uint64" },
  ],
} as const;

export function signCard(card: NodeCard, nodeKey: HexData): SignedNodeCard {
  const checked = parseShape(cardShape, card, "node card");
  return { ...checked, signature: signStatement(nodeKey, statementOf(checked)) };
}

/** The node behind a card, as others dial it. */
export interface CardNode {
  readonly address: Address;
  readonly enode: string;
  readonly organisation: string;
}

/** @param now Unix seconds. */
export function verifyCard(json: unknown, invitation: Invitation, now: number): CardNode {
  const card = parseShape(signedShape, json, "node card");
  const { signature, ...content } = card;
  const ground = groundOf(invitation);
  if (card.chainId !== ground.chainId || card.alliance !== ground.alliance)
    refuse(`it is for chain ${card.chainId} with the alliance ${card.alliance}, another network`);
  if (card.invitation !== invitation.id) refuse("it answers another invitation");
  if (card.organisation !== invitation.invited.slug)
    refuse(`it is of ${card.organisation}; invited was ${invitation.invited.slug}`);
  const address = parseAddress(addressOfPublicKey(card.publicKey));
  if (signerOf(statementOf(content), signature) !== address)
    refuse("its signature is not that of its node's key, so something in it was changed");
  if (now >= Math.min(card.expiresAt, invitation.expiresAt)) refuse("it has expired, or its invitation has");
  const enode = enodeUrl(card);
  parseEnode(enode);
  return { address, enode, organisation: card.organisation };
}

function statementOf(card: NodeCard): Statement {
  const { invitation, organisation, publicKey, host, port, expiresAt } = card;
  return {
    ground: { chainId: card.chainId, alliance: card.alliance },
    types: TYPES,
    values: { invitation, organisation, publicKey, host, port, expiresAt },
  };
}

function refuse(problem: string): never {
  throw new NetworkError(
    "refused",
    `The node card is refused: ${problem}. Nobody was let in; ask the invited organisation to run join again and send the new card.`,
  );
}
