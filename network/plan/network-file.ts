/** network.json: read with the same doubt as anything that came by mail, written so that its bytes follow from its content. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import type { NetworkFolder } from "./folder.ts";
import { NetworkError } from "./network-error.ts";
import type { NetworkFile, NetworkNode } from "./plan.ts";

const port = z.number().int().min(1).max(65_535);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const hex = <T extends string>(bytes: number): z.ZodType<T> =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`))
    .transform((text) => text as T);

const node = z.strictObject({
  id,
  organisation: id,
  role: z.enum(["validator", "observer"]),
  host: z.union([z.ipv4(), z.ipv6()]),
  ports: z.strictObject({ p2p: port, rpc: port, ws: port, metrics: port }),
  heapMb: z.number().int().positive(),
  publicKey: hex<HexData>(64),
  address: hex<Address>(20),
  enode: z.string().startsWith("enode://"),
});

export const networkFileSchema = z.strictObject({
  version: z.literal(1),
  name: id,
  chain: z.strictObject({
    chainId: z.number().int().positive(),
    blockPeriodSeconds: z.number().int().positive(),
    requestTimeoutSeconds: z.number().int().positive(),
    epochLength: z.number().int().positive(),
    gasLimit: z.number().int().positive(),
    validatorSelection: z.enum(["blockheader", "contract"]),
  }),
  besuVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  organisations: z.array(z.strictObject({ slug: id, name: z.string().min(1) })).min(1),
  nodes: z.array(node).min(1),
  genesisDigest: hex<Hex32>(32),
});

/** Throws `NetworkError("input")` when the folder holds no network, or one of another version of this program. */
export function readNetworkFile(folder: NetworkFolder): NetworkFile {
  if (!existsSync(folder.network))
    throw new NetworkError(
      "input",
      `${folder.root} holds no network: run \`npm run network -- init network.yaml\` first, or name the folder with --dir.`,
    );
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(folder.network, "utf8"));
  } catch (cause) {
    throw new NetworkError("input", `${folder.network} is not JSON. Take it from a backup.`, { cause });
  }
  const parsed = networkFileSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new NetworkError(
      "input",
      `${folder.network} can not be used: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown"}. It is written by this program; take it from a backup.`,
    );
  }
  return parsed.data;
}

/** Whole or not at all: a command that is killed leaves the file that was there. */
export function writeNetworkFile(folder: NetworkFolder, file: NetworkFile): void {
  const draft = `${folder.network}.new`;
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`);
  renameSync(draft, folder.network);
}

export function nodeOf(file: NetworkFile, nodeId: string): NetworkNode {
  const found = file.nodes.find((node) => node.id === nodeId);
  if (found !== undefined) return found;
  throw new NetworkError(
    "input",
    `There is no node ${nodeId} in this network. It has ${file.nodes.map((node) => node.id).join(", ")}.`,
  );
}

/** The nodes that this computer runs: those whose key lies here. In the network's order. */
export function nodesHere(folder: NetworkFolder, file: NetworkFile): NetworkNode[] {
  return file.nodes.filter((node) => existsSync(folder.node(node.id).key));
}
