/** Findings about the chain as a whole: who runs, in which round, whose turn. Pure: facts in, findings out. */
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { quorumOf } from "../../nodes/status.ts";
import type { Facts, RpcFacts } from "../facts.ts";
import { finding } from "../finding.ts";
import type { Finding, Seen } from "../finding.ts";
import { missedIn, roundAfter, roundSeconds } from "./rounds.ts";

/** A head older than this many periods is late. */
const LATE_PERIODS = 3;
/** One proposer that is down costs one round: only what outlasts that is a chain that stands. */
const LATE_TIMEOUTS = 1.5;
/** From here on a round lasts 16 times the first: waiting for the clocks to meet takes longer than a restart. */
const RESTART_ROUND = 4;
/** A block in a later round now and then is a machine that paused; one in ten is a pattern. */
const ROUND_CHANGE_SHARE = 0.1;
/** Each validator should have had its turn this often before "none of them" means something. */
const TURNS_MIN = 3;
/** From this many on one may fail: quorum is 3 of 4. */
const VALIDATORS_MIN = 4;

/** What the rules of this file ask about. */
interface Chain {
  readonly facts: Facts;
  readonly validators: readonly Address[];
  /** Validators that answer here, or are connected to a node that does. */
  readonly running: readonly Address[];
  readonly quorum: number;
  readonly best: RpcFacts | undefined;
  readonly nameOf: (node: Address) => string;
  readonly organisationOf: (node: Address) => string;
}

export function judgeChain(facts: Facts): Finding[] {
  const chain = chainOf(facts);
  if (chain === undefined) return [];
  return [...judgeRunning(chain), ...judgeRounds(chain), ...judgeTurns(chain), ...judgeAlliance(chain)];
}

/** The node that knows most speaks for the chain. */
export function bestOf(facts: Facts): RpcFacts | undefined {
  return facts.here
    .map(({ rpc }) => rpc)
    .filter((rpc) => rpc?.head !== undefined)
    .sort((one, other) => (other?.head?.number ?? 0) - (one?.head?.number ?? 0))[0];
}

/** Head older than a single failed round explains; the clock may be wrong, so only a watched head is surely late. */
export function isLate(age: number, { chain }: Facts["network"]): boolean {
  const { blockPeriodSeconds: period, requestTimeoutSeconds: timeout } = chain;
  return age > Math.max(LATE_PERIODS * period, period + LATE_TIMEOUTS * timeout);
}

function chainOf(facts: Facts): Chain | undefined {
  const { network, here, elsewhere } = facts;
  const answering = here.filter(({ rpc }) => rpc !== undefined);
  // Where no node answers nobody can say who runs elsewhere: that its own are down is all that is known.
  if (answering.length === 0 && elsewhere.length > 0) return undefined;
  const best = bestOf(facts);
  const planned = network.nodes.filter(({ role }) => role === "validator").map(({ address }) => address);
  const seen = new Set<Address>([
    ...answering.map(({ node }) => node.address),
    ...answering.flatMap(({ rpc }) => rpc?.peers ?? []),
  ]);
  const validators = best?.validators ?? planned;
  const nodeOf = (address: Address) => network.nodes.find((node) => node.address === address);
  return {
    facts,
    validators,
    running: validators.filter((validator) => seen.has(validator)),
    quorum: quorumOf(validators.length),
    best,
    nameOf: (address) => nodeOf(address)?.id ?? address,
    organisationOf: (address) => nodeOf(address)?.organisation ?? "not in network.json",
  };
}

function judgeRunning(chain: Chain): Finding[] {
  const { facts, validators, running, quorum, nameOf } = chain;
  const n = validators.length;
  const missing = validators.filter((validator) => !running.includes(validator));
  const few = n < VALIDATORS_MIN ? [finding("too_few_validators", "network", { n })] : [];
  if (running.length < quorum) {
    const numbers = { n, running: running.length, quorum, short: quorum - running.length };
    return [finding("quorum_lost", "network", { ...numbers, missing: missing.map(nameOf).sort().join(", ") }), ...few];
  }
  const others = missing.filter((validator) => !facts.here.some(({ node }) => node.address === validator));
  const down = others.map((validator) => {
    const node = facts.network.nodes.find(({ address }) => address === validator);
    return finding("validator_down", nameOf(validator), {
      validator: nameOf(validator),
      organisation: chain.organisationOf(validator),
      spare: running.length - quorum,
      address: node === undefined ? "unknown" : `${node.host}:${node.ports.p2p}`,
    });
  });
  return [...down, ...few];
}

function judgeRounds(chain: Chain): Finding[] {
  const { facts, best, validators, running, quorum } = chain;
  if (best?.head === undefined) return [];
  const age = facts.now - best.head.timestamp;
  if (!isLate(age, facts.network) || (facts.watched?.blocks ?? 0) > 0) return judgeRoundChanges(chain, best);
  const round = presentRound(facts, age);
  const seconds = roundSeconds(round, facts.network.chain);
  const numbers: Seen = {
    age: Math.round(age),
    period: facts.network.chain.blockPeriodSeconds,
    head: best.head.number,
    round,
    roundSeconds: seconds,
    n: validators.length,
    running: running.length,
    quorum,
  };
  return [
    ...(running.length >= quorum ? [finding("chain_stalled", "network", numbers)] : []),
    ...(round >= RESTART_ROUND ? [finding("restart_together", "network", numbers)] : []),
  ];
}

/** As a log says it; else as long as they have waited, which is no longer than they run. */
function presentRound(facts: Facts, age: number): number {
  const said = facts.here.map(({ log }) => log?.round?.number).filter((round) => round !== undefined);
  if (said.length > 0) return Math.max(...said);
  const started = facts.here
    .map(({ metrics }) => metrics?.get("process_start_time_seconds"))
    .filter((seconds) => seconds !== undefined);
  const uptime = started.length === 0 ? age : facts.now - Math.min(...started);
  return roundAfter(Math.min(age, uptime), facts.network.chain);
}

function judgeRoundChanges({ facts }: Chain, { recent }: RpcFacts): Finding[] {
  const late = recent.filter(({ round }) => (round ?? 0) > 0);
  if (late.length < 2 || late.length < recent.length * ROUND_CHANGE_SHARE) return [];
  return [
    finding("round_changes", "network", {
      late: late.length,
      blocks: recent.length,
      round: Math.max(...late.map(({ round }) => round ?? 0)),
      missed: missedNames(facts) || "not known",
      period: facts.network.chain.blockPeriodSeconds,
    }),
  ];
}

/** "delta-1 4×, bravo-1 1×": whose turn passed in the blocks looked at. Empty when nobody's did. */
export function missedNames(facts: Facts): string {
  const best = bestOf(facts);
  const counts = new Map<string, number>();
  for (const who of missedIn(best?.recent ?? [], best?.validators ?? [])) counts.set(who, (counts.get(who) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([who, times]) => `${facts.network.nodes.find(({ address }) => address === who)?.id ?? who} ${times}×`)
    .join(", ");
}

function judgeTurns({ best, validators, running, nameOf, organisationOf }: Chain): Finding[] {
  const blocks = best?.recent.length ?? 0;
  const share = blocks / validators.length;
  if (best === undefined || share < TURNS_MIN) return [];
  const makers = new Set(best.recent.map(({ miner }) => miner));
  const seated = best.seated ?? validators;
  return running
    .filter((validator) => !makers.has(validator) && seated.includes(validator))
    .map((validator) =>
      finding("validator_silent", nameOf(validator), {
        validator: nameOf(validator),
        organisation: organisationOf(validator),
        blocks,
        share: Math.floor(share),
      }),
    );
}

function judgeAlliance({ facts, validators, nameOf }: Chain): Finding[] {
  if (facts.alliance === undefined) return [];
  const { wanted, floor } = facts.alliance;
  const strangers = validators.filter((validator) => !wanted.includes(validator));
  const absent = wanted.filter((node) => !validators.includes(node));
  return [
    ...strangers.map((who) =>
      finding("validator_not_member", nameOf(who), { validator: nameOf(who), floor: floor ?? "enough" }),
    ),
    ...absent.map((who) => finding("member_not_validator", nameOf(who), { validator: nameOf(who) })),
  ];
}
