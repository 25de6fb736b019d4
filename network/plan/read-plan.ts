/** YAML text → the plan, or an error that names every wrong field with its path. */
import { parseDocument } from "yaml";
import type { HexData } from "../../gateway/src/kernel/ids.ts";
import { parseHexData } from "../../gateway/src/kernel/ids.ts";
import { isLoopback } from "./host.ts";
import { NetworkError } from "./network-error.ts";
import type { NetworkPlan, NodePlan, OrganisationPlan, Ports } from "./plan.ts";
import { planSchema, VALIDATORS_MAX } from "./schema.ts";
import type { PlanInput } from "./schema.ts";

export interface ReadPlan {
  readonly plan: NetworkPlan;
  /** What works but should be known, one sentence each. */
  readonly warnings: readonly string[];
}

/** @param file How the text's file is called, for errors. */
export function readPlan(text: string, file: string): ReadPlan {
  const document = parseDocument(text, { prettyErrors: true });
  const flaw = document.errors[0];
  if (flaw !== undefined) throw new NetworkError("input", `${file} is not YAML: ${flaw.message}`);
  const parsed = planSchema.safeParse(document.toJS({ maxAliasCount: 10 }));
  if (!parsed.success) refuse(file, parsed.error.issues.flatMap(issueLines));
  const plan = withDefaults(parsed.data);
  const flaws = [...doubles(plan), ...impossible(plan)];
  if (flaws.length > 0) refuse(file, flaws);
  return { plan, warnings: warningsOf(plan) };
}

function refuse(file: string, flaws: readonly string[]): never {
  throw new NetworkError("input", `${file} can not be used. Correct it and run again:\n  ${flaws.join("\n  ")}`);
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function issueLines(issue: Issue): string[] {
  const at = pathText(issue.path);
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => `${pathText([...issue.path, key])}: there is no such field`);
  if (at === "") return ["the file: must hold the fields of docs/reference/network-yaml.md"];
  return [`${at}: ${issue.message}`];
}

/** organisations[1].nodes[0].host */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function withDefaults(input: PlanInput): NetworkPlan {
  const { name, besuVersion, organisations, requestTimeoutSeconds, ...chain } = input;
  const onHost = new Map<string, number>();
  return {
    name,
    besuVersion,
    chain: {
      chainId: chain.chainId,
      blockPeriodSeconds: chain.blockPeriodSeconds,
      requestTimeoutSeconds: requestTimeoutSeconds ?? Math.max(4, 3 * chain.blockPeriodSeconds),
      epochLength: chain.epochLength,
      gasLimit: chain.gasLimit,
      validatorSelection: chain.validatorSelection,
    },
    organisations: organisations.map((organisation) => organisationPlan(organisation, onHost)),
  };
}

function organisationPlan(
  organisation: PlanInput["organisations"][number],
  onHost: Map<string, number>,
): OrganisationPlan {
  const { slug, name } = organisation;
  const nodes = organisation.nodes.map((node, index): NodePlan => {
    const host = node.host ?? organisation.host ?? "";
    const nth = (onHost.get(host) ?? 0) + 1;
    onHost.set(host, nth);
    const ports = portsOfNth(nth);
    return {
      id: node.id ?? `${slug}-${index + 1}`,
      organisation: slug,
      role: node.role,
      host,
      ports: {
        p2p: node.ports?.p2p ?? ports.p2p,
        rpc: node.ports?.rpc ?? ports.rpc,
        ws: node.ports?.ws ?? ports.ws,
        metrics: node.ports?.metrics ?? ports.metrics,
      },
      heapMb: node.heapMb,
      publicKey: node.publicKey === undefined ? undefined : barePublicKey(node.publicKey),
    };
  });
  return { slug, name, nodes };
}

/** As the schema let it through: with or without 0x and 04. Whether it is a point of the curve, its first user asks. */
function barePublicKey(text: string): HexData {
  return parseHexData(`0x${text.slice(-128)}`);
}

/** @param nth From 1, counted over the whole file: how many nodes of that host came so far. */
function portsOfNth(nth: number): Ports {
  return { p2p: 30_302 + nth, rpc: 8_535 + 10 * nth, ws: 8_536 + 10 * nth, metrics: 9_544 + nth };
}

const PORT_USES = ["p2p", "rpc", "ws", "metrics"] as const;

function doubles(plan: NetworkPlan): string[] {
  const nodes = allNodes(plan);
  const flaws: string[] = [];
  const seen = new Map<string, string>();
  const once = (key: string, who: string, sentence: (first: string) => string): void => {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, who);
    else flaws.push(sentence(first));
  };
  for (const { slug } of plan.organisations)
    once(`slug ${slug}`, slug, () => `organisations: the slug ${slug} is there twice`);
  for (const { id, host, ports, publicKey } of nodes) {
    once(`id ${id}`, id, () => `node ${id}: the id is there twice; give one of them another id`);
    for (const [use, port] of PORT_USES.map((name) => [name, ports[name]] as const))
      once(
        `${host} ${port}`,
        `${id}'s ${use}`,
        (first) => `node ${id}: its ${use} port ${port} on ${host} is also ${first} port`,
      );
    if (publicKey !== undefined)
      once(
        `key ${publicKey}`,
        id,
        (first) => `node ${id}: its publicKey is also that of ${first}; two nodes never share a key`,
      );
  }
  return flaws;
}

function impossible(plan: NetworkPlan): string[] {
  const nodes = allNodes(plan);
  const flaws: string[] = [];
  const validators = nodes.filter(({ role }) => role === "validator").length;
  if (validators === 0) flaws.push("organisations: no node has the role validator, so nobody would make blocks");
  if (validators > VALIDATORS_MAX) flaws.push(`organisations: ${validators} validators; at most ${VALIDATORS_MAX}`);
  for (const { id, host } of nodes)
    if (host === "") flaws.push(`node ${id}: has no host; give it one, or give one to its organisation`);
  const local = nodes.find(({ host }) => isLoopback(host));
  if (local !== undefined && nodes.some(({ host }) => !isLoopback(host)))
    flaws.push(
      `node ${local.id}: its host ${local.host} is reached from its own computer only, and others are elsewhere; give it an address that they can dial`,
    );
  if (plan.chain.requestTimeoutSeconds <= plan.chain.blockPeriodSeconds)
    flaws.push(
      "requestTimeoutSeconds: must be more than blockPeriodSeconds, or every block starts with a change of round",
    );
  return flaws;
}

function warningsOf(plan: NetworkPlan): string[] {
  const validators = allNodes(plan).filter(({ role }) => role === "validator").length;
  const warnings: string[] = [];
  if (validators < 4)
    warnings.push(
      `${validators} of 4 validators: the chain stops when one of them fails. From 4 on it bears one failure, from 7 on two.`,
    );
  for (const { slug, nodes } of plan.organisations) {
    const own = nodes.filter(({ role }) => role === "validator").length;
    if (own > 1)
      warnings.push(
        `${slug} has ${own} validators. The alliance knows one node a member: once it is followed, the others are voted out.`,
      );
  }
  if (plan.chain.requestTimeoutSeconds < 2 * plan.chain.blockPeriodSeconds)
    warnings.push("requestTimeoutSeconds is below twice the block period, which Besu advises as a start.");
  if (plan.chain.validatorSelection === "contract")
    warnings.push(
      "validatorSelection contract: a report of stalls under thousands of pending transactions (Besu #6742) is open; rehearse `emergency-transition` first.",
    );
  return warnings;
}

export function allNodes(plan: NetworkPlan): NodePlan[] {
  return plan.organisations.flatMap(({ nodes }) => nodes);
}
