/**
 * A merchant's profile, checked by the reader's own browser: the document's bytes are hashed here and compared with the
 * hash that the registry keeps on the chain. The gateway hands both over, but can not make them agree.
 */
import { useQuery } from "@tanstack/react-query";
import { getLabels } from "../../../gateway/client/generated/sdk.gen.ts";

export interface ProfileSource {
  readonly merchantId: number;
  readonly uri: string;
  /** As the gateway's index has it: used when the chain can not be asked. */
  readonly indexedHash: string;
}

interface Bilingual {
  readonly zh?: string;
  readonly en?: string;
}

/** What a profile may say; nobody enforces its form, so every part may be missing. */
export interface ProfileDocument {
  readonly name?: Bilingual;
  readonly introduction?: Bilingual;
  readonly terms?: Bilingual;
  readonly note?: Bilingual;
  readonly website?: string;
}

/** `elsewhere`: it lies at another host, which a page of this gateway may not contact. */
export type ProfileState = "match" | "mismatch" | "unreachable" | "elsewhere";

export interface CheckedProfile {
  readonly state: ProfileState;
  readonly expected: string;
  /** Was the chain itself asked, or the gateway's index of it? */
  readonly isFromChain: boolean;
  readonly found: string | undefined;
  readonly bytes: number | undefined;
  /** Only of a document that matches, or whose mismatch is shown beside it. */
  readonly document: ProfileDocument | undefined;
}

export async function hashOf(bytes: Uint8Array): Promise<string> {
  const { keccak256 } = await import("ethers/crypto");
  return keccak256(bytes);
}

/** `merchantOf` of the registry, asked of the chain through the gateway's pass-through. */
async function readHashOnChain(merchantId: number): Promise<string | undefined> {
  try {
    const { data } = await getLabels({ throwOnError: true });
    const to = data.labels.find(({ kind, name }) => kind === "contract" && name === "merchantRegistry")?.address;
    const { Interface } = await import("ethers/abi");
    const registry = new Interface([
      `function merchantOf(uint256) view returns (tuple(tuple(string legalName, string tokenName, string tokenSymbol,
        string category, uint32 pointsPerYuan, uint8 calendar, int32 utcOffsetSeconds) terms, string profileUri,
        bytes32 profileHash, address controller, address token, uint8 status))`,
    ]);
    const call = { to, data: registry.encodeFunctionData("merchantOf", [merchantId]) };
    const answer = await fetch("/rpc", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_call", params: [call, "latest"] }),
    });
    const { result } = (await answer.json()) as { result?: string };
    if (result === undefined) return undefined;
    const [merchant] = registry.decodeFunctionResult("merchantOf", result) as unknown as [{ profileHash: string }];
    return merchant.profileHash;
  } catch {
    // No answer is an answer: the index's hash is shown as such.
    return undefined;
  }
}

function parse(bytes: Uint8Array): ProfileDocument | undefined {
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof document === "object" && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}

async function fetchBytes(uri: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(uri, { credentials: "omit" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

const isHere = (uri: string): boolean => new URL(uri, location.href).origin === location.origin;

async function check({ merchantId, uri, indexedHash }: ProfileSource): Promise<CheckedProfile> {
  const onChain = await readHashOnChain(merchantId);
  const expected = onChain ?? indexedHash;
  const unknown = { expected, isFromChain: onChain !== undefined, found: undefined, bytes: undefined };
  if (!isHere(uri)) return { ...unknown, state: "elsewhere", document: undefined };
  const bytes = await fetchBytes(uri);
  if (bytes === undefined) return { ...unknown, state: "unreachable", document: undefined };
  const found = await hashOf(bytes);
  return {
    ...unknown,
    state: found === expected ? "match" : "mismatch",
    found,
    bytes: bytes.length,
    document: parse(bytes),
  };
}

export const useProfile = (source: ProfileSource) =>
  useQuery({
    queryKey: ["profile", source],
    queryFn: () => check(source),
    // A new profile has a new hash, and with it a new key.
    staleTime: Infinity,
    meta: { live: false },
  });
