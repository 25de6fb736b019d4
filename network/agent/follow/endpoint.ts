/** Where a node is reached, as NodeDirectory keeps it: 64 bytes of key, 4 or 16 of address, a port. */
import { isIPv4 } from "node:net";
import { nodeDirectory } from "../../../gateway/src/chain/contracts.ts";
import { parseHexData } from "../../../gateway/src/kernel/ids.ts";
import type { HexData } from "../../../gateway/src/kernel/ids.ts";
import { enodeUrl, parseEnode } from "../../besu/enode.ts";

export interface Endpoint {
  readonly publicKey: string;
  readonly host: string;
  readonly port: bigint;
}

/** Undefined when the node has said nothing, or something that nobody can dial. */
export function enodeOf({ publicKey, host, port }: Endpoint): string | undefined {
  const bytes = Buffer.from(host.replace(IPV4_IN_IPV6, "0x").slice(2), "hex");
  if (bytes.length !== 4 && bytes.length !== 16) return undefined;
  const text = bytes.length === 4 ? [...bytes].join(".") : groupsOf(bytes);
  try {
    const enode = enodeUrl({ publicKey: parseHexData(publicKey), host: text, port: Number(port) });
    parseEnode(enode);
    return enode;
  } catch {
    return undefined;
  }
}

/** Besu writes ::ffff:a.b.c.d as a.b.c.d. */
const IPV4_IN_IPV6 = /^0x0{20}ffff(?=[0-9a-f]{8}$)/i;

/** The call with which a node tells the directory. */
export function announceData(enode: string): HexData {
  const { publicKey, host, port } = parseEnode(enode);
  return parseHexData(nodeDirectory.encodeFunctionData("announce", [publicKey, bytesOf(host), port]));
}

/** Two spellings of one IPv6 address are one endpoint. */
export function isSameEndpoint(one: string, other: string | undefined): boolean {
  return other !== undefined && announceData(one) === announceData(other);
}

function groupsOf(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return groups.join(":");
}

function bytesOf(host: string): HexData {
  if (isIPv4(host)) return parseHexData(`0x${Buffer.from(host.split(".").map(Number)).toString("hex")}`);
  return parseHexData(`0x${ipv6Groups(host).join("")}`);
}

function ipv6Groups(host: string): string[] {
  // The URL parser knows every way to write one, and answers with one.
  const plain = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [head = "", tail] = plain.split("::");
  const split = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const ends = split(tail ?? "");
  const begins = split(head);
  const zeros = Array<string>(tail === undefined ? 0 : 8 - begins.length - ends.length).fill("0");
  return [...begins, ...zeros, ...ends].map((group) => group.padStart(4, "0"));
}
