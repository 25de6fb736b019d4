/**
 * What an organisation asks the council for: its name, who speaks for it and which node it runs. The representative and
 * the node both sign, so that no member proposes an address whose key nobody holds: a validator that cannot seal costs
 * the network one of the losses that it bears.
 */
import { z } from "zod";
import type { HexData } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";
import { addressField, chainIdField, hex32Field, memberNameField, parseShape, signatureField } from "./shapes.ts";
import type { Ground, Statement } from "./signed-file.ts";
import { signerOf, signStatement, textDigest } from "./signed-file.ts";

const PROFILE_BYTES_MAX = 256;

const requestShape = z.strictObject({
  kind: z.literal("alliance-network-admission-request"),
  version: z.literal(1),
  chainId: chainIdField,
  alliance: addressField,
  genesisHash: hex32Field,
  name: memberNameField,
  profileUri: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= PROFILE_BYTES_MAX, "must be at most 256 bytes"),
  profileHash: hex32Field,
  representative: addressField,
  node: addressField,
});

const signedShape = requestShape.extend({ representativeSignature: signatureField, nodeSignature: signatureField });

export type AdmissionRequest = z.infer<typeof requestShape>;
export type SignedAdmissionRequest = z.infer<typeof signedShape>;

const TYPES = {
  AdmissionRequest: [
    { name: "genesisHash", type: "bytes32" },
    { name: "name", type: "string" },
    { name: "profileUri", type: "string" },
    { name: "profileHash", type: "bytes32" },
    { name: "representative", type: "address" },
    { name: "node", type: "address" },
  ],
} as const;

/** A profile that says the name and needs no web server: 64 bytes of Chinese are 239 of the 256 bytes allowed. */
export function profileOf(name: string): Pick<AdmissionRequest, "profileUri" | "profileHash"> {
  const json = JSON.stringify({ name });
  return { profileUri: `data:application/json,${encodeURIComponent(json)}`, profileHash: textDigest(json) };
}

export function signRequest(
  request: AdmissionRequest,
  keys: { readonly representative: HexData; readonly node: HexData },
): SignedAdmissionRequest {
  const checked = parseShape(requestShape, request, "admission request");
  const statement = statementOf(checked);
  return {
    ...checked,
    representativeSignature: signStatement(keys.representative, statement),
    nodeSignature: signStatement(keys.node, statement),
  };
}

export function verifyRequest(
  json: unknown,
  { chainId, alliance, genesisHash }: Ground & { genesisHash: string },
): AdmissionRequest {
  const { representativeSignature, nodeSignature, ...request } = parseShape(signedShape, json, "admission request");
  if (request.chainId !== chainId || request.alliance !== alliance || request.genesisHash !== genesisHash)
    refuse(`it is for chain ${request.chainId} with the alliance ${request.alliance}, another network`);
  const statement = statementOf(request);
  if (signerOf(statement, representativeSignature) !== request.representative)
    refuse("its representative's signature does not fit, so something in it was changed");
  if (signerOf(statement, nodeSignature) !== request.node)
    refuse("its node's signature does not fit, so something in it was changed");
  if (request.representative === request.node) refuse("representative and node are one address");
  return request;
}

function statementOf(request: AdmissionRequest): Statement {
  const { genesisHash, name, profileUri, profileHash, representative, node } = request;
  return {
    ground: { chainId: request.chainId, alliance: request.alliance },
    types: TYPES,
    values: { genesisHash, name, profileUri, profileHash, representative, node },
  };
}

function refuse(problem: string): never {
  throw new NetworkError(
    "refused",
    `The admission request is refused: ${problem}. Nothing was proposed; ask the organisation to send it again.`,
  );
}
