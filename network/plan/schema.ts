/** The YAML that the organisations of a network agree on: every field with its bounds. docs/reference/network-yaml.md. */
import { isIP } from "node:net";
import { z } from "zod";
import { canBeDialled, canonicalHost } from "./host.ts";

/** Besu's first release with the cap on round numbers (GHSA-23rh-rrqg-wq82). */
export const BESU_MIN = "26.8.0";
/** The validator contract's bound, and about what QBFT bears: messages grow with the square. */
export const VALIDATORS_MAX = 30;
const NODES_MAX = 100;
const PORT_MAX = 65_535;

const whole = (min: number, max: number): z.ZodType<number> =>
  z
    .number({ error: "must be a whole number" })
    .int("must be a whole number")
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

const label = (max: number): z.ZodType<string> =>
  z
    .string({ error: "must be text: a-z, 0-9 and hyphens (in quotes if it looks like a number)" })
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be a-z, 0-9 and single hyphens, no slash, dot or space")
    .max(max, `must have at most ${max} characters`);

const host = z
  .string({ error: 'must be an IP address in quotes, such as "10.0.0.5"' })
  .refine((text) => isIP(text) !== 0, "must be an IP address: an enode can not carry a host name")
  .refine(canBeDialled, "must be an address that others can dial")
  .transform(canonicalHost);

const port = whole(1, PORT_MAX);

const node = z.strictObject({
  id: label(40).optional(),
  role: z.enum(["validator", "observer"], { error: "must be validator or observer" }).default("validator"),
  host: host.optional(),
  ports: z
    .strictObject({ p2p: port.optional(), rpc: port.optional(), ws: port.optional(), metrics: port.optional() })
    .optional(),
  heapMb: whole(256, 65_536).default(1_024),
  publicKey: z
    .string({ error: "must be in quotes: YAML reads 0x… without them as a number and loses digits" })
    .regex(/^(0x)?(04)?[0-9a-fA-F]{128}$/, "must be 128 hex digits, as `keys` prints them")
    .optional(),
});

const organisation = z.strictObject({
  slug: label(32),
  name: z
    .string({ error: "must be text" })
    .trim()
    .min(1, "must not be empty")
    .regex(/^[^\p{Cc}/\\]*$/u, "must have no slash, backslash or control character")
    .refine((text) => Buffer.byteLength(text) <= 64, "must have at most 64 bytes (a Chinese character has 3)"),
  host: host.optional(),
  nodes: z.array(node, { error: "must be a list of nodes" }).min(1, "needs at least one node"),
});

export const planSchema = z.strictObject({
  name: label(40),
  // 1 is Ethereum's own: what is signed here would be valid there.
  chainId: whole(2, 2_147_483_647),
  blockPeriodSeconds: whole(1, 60).default(2),
  requestTimeoutSeconds: whole(2, 600).optional(),
  epochLength: whole(10, 10_000_000).default(30_000),
  gasLimit: whole(20_000_000, 1_000_000_000).default(60_000_000),
  validatorSelection: z
    .enum(["blockheader", "contract"], { error: "must be blockheader or contract" })
    .default("blockheader"),
  besuVersion: z
    .string({ error: 'must be in quotes, such as "26.8.0"' })
    .regex(/^\d{2}\.\d{1,2}\.\d{1,2}$/, "must be a release such as 26.8.0")
    .refine((version) => isAtLeast(version, BESU_MIN), `must be ${BESU_MIN} or newer`)
    .default(BESU_MIN),
  organisations: z
    .array(organisation, { error: "must be a list of organisations" })
    .min(1, "needs at least one organisation")
    .refine((all) => all.reduce((sum, { nodes }) => sum + nodes.length, 0) <= NODES_MAX, {
      error: `must have at most ${NODES_MAX} nodes together`,
    }),
});

export type PlanInput = z.output<typeof planSchema>;

/** Calendar versions, compared number by number: 26.10.0 is newer than 26.8.0. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split(".").map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
