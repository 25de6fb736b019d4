/** An invitation, its card and an admission request of a network that exists on paper only. */
import { Wallet } from "ethers";
import { enodeUrl, seededNodeKey } from "../../besu/enode.ts";
import type { Invitation } from "../../membership/invitation.ts";
import { textDigest } from "../../membership/signed-file.ts";
import type { Address, Hex32, HexData } from "../../../gateway/src/kernel/ids.ts";
import { parseAddress, parseHexData } from "../../../gateway/src/kernel/ids.ts";
import { CHAIN } from "./chain-plan.ts";

export const NOW = 1_790_000_000;
export const NODE = seededNodeKey("papers node");
export const JOINER = seededNodeKey("papers joiner");
export const REPRESENTATIVE = walletOf("papers representative");
export const NEWCOMER = walletOf("papers newcomer");

const GENESIS = `${JSON.stringify({ config: { chainId: 20_260 } }, null, 2)}\n`;
const GENESIS_HASH = `0x${"0e".repeat(32)}` as Hex32;

export function walletOf(seed: string): { readonly key: HexData; readonly address: Address } {
  const { privateKey } = seededNodeKey(seed);
  return { key: parseHexData(privateKey), address: parseAddress(new Wallet(privateKey).address) };
}

export function paperInvitation(): Invitation {
  return {
    kind: "alliance-network-invitation",
    version: 1,
    id: `0x${"11".repeat(32)}` as Hex32,
    network: {
      version: 1,
      name: "paper",
      besuVersion: "26.8.0",
      chain: CHAIN,
      organisations: [{ slug: "founder", name: "创始机构 Founder" }],
      nodes: [
        {
          id: "founder-1",
          organisation: "founder",
          role: "validator",
          host: "10.0.0.1",
          ports: { p2p: 30_303, rpc: 8_545, ws: 8_546, metrics: 9_545 },
          heapMb: 512,
          publicKey: NODE.publicKey,
          address: NODE.address,
          enode: enodeUrl({ publicKey: NODE.publicKey, host: "10.0.0.1", port: 30_303 }),
        },
      ],
      genesisDigest: textDigest(GENESIS),
    },
    genesis: GENESIS,
    genesisHash: GENESIS_HASH,
    deployment: {
      chainId: 20_260,
      genesisHash: GENESIS_HASH,
      deployedAtBlock: 3,
      contracts: { alliance: walletOf("alliance").address, council: walletOf("council").address },
    },
    invited: { slug: "newcomer", name: "新成员 Newcomer" },
    inviter: "founder",
    signer: REPRESENTATIVE.address,
    issuedAt: NOW - 60,
    expiresAt: NOW + 3_600,
  };
}

/** Every value of a JSON tree with another one in its place, and where it was. */
export function tampered(json: unknown): { readonly where: string; readonly json: unknown }[] {
  const found: { where: string; json: unknown }[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === "object" && value !== null) {
      for (const [name, part] of Object.entries(value)) visit(part, [...path, name]);
      if (!Array.isArray(value))
        found.push({ where: [...path, "extra"].join("."), json: withValue(json, [...path, "extra"], 1) });
      return;
    }
    found.push({ where: path.join("."), json: withValue(json, path, otherThan(value)) });
    found.push({ where: `${path.join(".")} taken out`, json: withValue(json, path, undefined) });
  };
  visit(json, []);
  return found;
}

/** Still of the same kind, so that the signature and not the shape has to notice. */
function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  const text = String(value);
  return text.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (last) => (last === "1" ? "2" : "1"));
}

function withValue(json: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(json) as Record<string | number, unknown>;
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
