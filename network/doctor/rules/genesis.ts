/** Findings about block 0: whether everybody here is on the chain that the organisations agreed on. */
import type { Facts, NodeFacts } from "../facts.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../finding.ts";

export function judgeGenesis(facts: Facts): Finding[] {
  return [...judgeFile(facts), ...judgeChainIds(facts), ...judgeBlockZero(facts), ...judgeGasCaps(facts)];
}

function judgeFile({ genesisDigest: is, network: { genesisDigest: expected } }: Facts): Finding[] {
  return is === undefined || is === expected ? [] : [finding("genesis_changed", "network", { is, expected })];
}

function judgeChainIds({ here, network }: Facts): Finding[] {
  const expected = network.chain.chainId;
  return here.flatMap(({ node, rpc }) => {
    const is = rpc?.chainId;
    if (is === undefined || is === expected) return [];
    return [finding("genesis_differs", node.id, { what: "chain id", is, expected, reference: "network.json" })];
  });
}

/** The contracts were deployed on one block 0; before that, what most nodes here have counts. */
function judgeBlockZero({ here, deployedOn }: Facts): Finding[] {
  const asked = here.filter(({ rpc }) => rpc?.genesisHash !== undefined);
  const reference = deployedOn === undefined ? mostCommon(asked) : { hash: deployedOn, who: "deployment.json" };
  if (reference === undefined) return [];
  return asked
    .filter(({ rpc }) => rpc?.genesisHash !== reference.hash)
    .map(({ node, rpc }) =>
      finding("genesis_differs", node.id, {
        what: "block 0",
        is: rpc?.genesisHash ?? "",
        expected: reference.hash,
        reference: reference.who,
      }),
    );
}

function mostCommon(nodes: readonly NodeFacts[]): { hash: string; who: string } | undefined {
  const counts = new Map<string, string[]>();
  for (const { node, rpc } of nodes) {
    const hash = rpc?.genesisHash ?? "";
    counts.set(hash, [...(counts.get(hash) ?? []), node.id]);
  }
  const [first] = [...counts].sort(([, one], [, other]) => other.length - one.length);
  return first === undefined ? undefined : { hash: first[0], who: first[1].join(", ") };
}

/** What `init` writes and Besu takes by itself; where a network chose another one, all of its nodes here agree on it. */
const GAS_CAP = "100000000";

/** With a validator contract Besu asks it under --rpc-gas-cap, so the cap is part of the rules of consensus. */
function judgeGasCaps({ here, network }: Facts): Finding[] {
  if (network.chain.validatorSelection !== "contract") return [];
  const caps = new Set(here.map(({ files }) => files.rpcGasCap ?? GAS_CAP));
  if (here.length > 1 && caps.size === 1) return [];
  const other = here.find(({ files }) => (files.rpcGasCap ?? GAS_CAP) === GAS_CAP)?.node.id;
  return here
    .filter(({ files }) => (files.rpcGasCap ?? GAS_CAP) !== GAS_CAP)
    .map(({ node, files, paths }) =>
      finding("rpc_gas_cap_differs", node.id, {
        is: files.rpcGasCap ?? GAS_CAP,
        expected: GAS_CAP,
        reference: other ?? "a new network",
        file: paths.config,
      }),
    );
}
