/**
 * Which vote this node's validator should stand for, so that the validators become those the alliance wants. Every agent
 * decides by itself from what the chain says; nothing but Besu's count of the votes makes them one.
 *
 * Why the floor holds although each decides alone: an agent votes somebody out only while one validator fewer is still
 * the floor's number, and it has at most one such vote on the chain at a time (an old one is taken back first). So when
 * the set falls to the floor, more than half of the validators have their one vote with the one that has just left, and
 * the rest are too few for another. See docs/adr/0018.
 */
import type { Address } from "../../../gateway/src/kernel/ids.ts";

export interface Vote {
  readonly subject: Address;
  readonly isIn: boolean;
}

/** What the agent sees at one block. */
export interface Scene {
  readonly block: number;
  readonly self: Address;
  /** Of the next block. */
  readonly validators: ReadonlySet<Address>;
  /** Those the alliance wants. */
  readonly wanted: ReadonlySet<Address>;
  /** As many validators must stay, unless the council says otherwise. */
  readonly floor: number;
  /** Addresses that serve or ever served a member. */
  readonly taken: ReadonlySet<Address>;
  /** Nodes that this node is connected with. */
  readonly reachable: ReadonlySet<Address>;
  /** What the node stands for, whether cast or not. */
  readonly standing: ReadonlyMap<Address, boolean>;
  /** Its votes on the chain that can still bring about a change. */
  readonly cast: ReadonlyMap<Address, boolean>;
}

interface Wish {
  readonly isIn: boolean;
  readonly since: number;
}

/** What must be known from one block to the next; an agent that starts knows nothing. */
export interface Memory {
  readonly wishes: ReadonlyMap<Address, Wish>;
  /** No new vote before this block: what was taken down a moment ago may be in a block on its way. */
  readonly quietUntil: number;
}

/** Why a change that is wanted is not there yet. */
export type Waiting = "settling" | "unreachable" | "floor" | "neverMember" | "queued" | "voting" | "cast";

export interface Decision {
  readonly memory: Memory;
  readonly propose: Vote | undefined;
  readonly discard: readonly Address[];
  /** Every difference between the validators and those wanted, lowest address first, additions first. */
  readonly open: readonly (Vote & { readonly waiting: Waiting })[];
}

export function forgetful(block: number): Memory {
  return { wishes: new Map(), quietUntil: block + QUIET_BLOCKS };
}

/** The block that was being made when a vote was taken down, and the one after it, to be on the safe side. */
const QUIET_BLOCKS = 2;

export function decideVotes(scene: Scene, before: Memory, settleBlocks: number): Decision {
  const wishes = wishesOf(scene, before);
  const isSettled = ({ subject }: Vote): boolean =>
    scene.block - (wishes.get(subject)?.since ?? scene.block) >= settleBlocks;
  const differences = differencesOf(scene);
  const additions = differences.filter((vote) => vote.isIn && wishes.has(vote.subject) && isSettled(vote));
  const mayShrink = scene.validators.size > scene.floor;
  const removal = differences.find((vote) => !vote.isIn && wishes.has(vote.subject) && isSettled(vote) && mayShrink);

  // A vote that is cast stays while it is wished for, settled or not: an agent that starts anew takes nothing back.
  const isMeant = ({ subject, isIn }: Vote): boolean => {
    if (wishes.get(subject)?.isIn !== isIn) return false;
    return isIn || (mayShrink && (removal === undefined || removal.subject === subject));
  };
  const astray = votesOf(scene.cast).find((vote) => !isMeant(vote));
  const isCast = (vote: Vote): boolean => scene.cast.get(vote.subject) === vote.isIn;
  const changes = removal === undefined ? additions : [...additions, removal];
  // Voting the other way takes a vote back, and does nothing else.
  const target = !scene.validators.has(scene.self)
    ? undefined
    : astray === undefined
      ? (changes.find((vote) => !isCast(vote)) ?? changes[0])
      : { subject: astray.subject, isIn: !astray.isIn };
  const discard = votesOf(scene.standing).filter((vote) => !isSame(vote, target));
  const isQuiet = scene.block < before.quietUntil;
  const isStanding = target !== undefined && scene.standing.get(target.subject) === target.isIn;
  // What is to be discarded goes first, alone: the new vote follows when the block that may hold the old one is seen.
  const propose = isStanding || isQuiet || discard.length > 0 ? undefined : target;
  const quietUntil = discard.length > 0 ? scene.block + QUIET_BLOCKS : before.quietUntil;
  return {
    memory: { wishes, quietUntil },
    propose,
    discard: discard.map(({ subject }) => subject),
    open: differences.map((vote) => ({ ...vote, waiting: waitingOf(vote) })),
  };

  function waitingOf(vote: Vote): Waiting {
    const { subject, isIn } = vote;
    if (isIn && !scene.reachable.has(subject)) return "unreachable";
    if (!isIn && !scene.taken.has(subject)) return "neverMember";
    if (!isSettled(vote)) return "settling";
    if (isCast(vote)) return "cast";
    if (!isIn && !mayShrink) return "floor";
    return isSame(vote, target) ? "voting" : "queued";
  }
}

/** Since when each change is wanted and possible, without a break. */
function wishesOf(scene: Scene, before: Memory): Map<Address, Wish> {
  const wishes = new Map<Address, Wish>();
  for (const { subject, isIn } of differencesOf(scene)) {
    if (isIn ? !scene.reachable.has(subject) : !scene.taken.has(subject)) continue;
    const old = before.wishes.get(subject);
    wishes.set(subject, old?.isIn === isIn ? old : { isIn, since: scene.block });
  }
  return wishes;
}

/** Additions first, because they never weaken the network; the lowest address first, so that all agents agree. */
function differencesOf({ wanted, validators }: Scene): Vote[] {
  const missing = [...wanted].filter((node) => !validators.has(node)).sort();
  const unwanted = [...validators].filter((node) => !wanted.has(node)).sort();
  return [
    ...missing.map((subject) => ({ subject, isIn: true })),
    ...unwanted.map((subject) => ({ subject, isIn: false })),
  ];
}

function votesOf(votes: ReadonlyMap<Address, boolean>): Vote[] {
  return [...votes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([subject, isIn]) => ({ subject, isIn }));
}

function isSame(one: Vote, other: Vote | undefined): boolean {
  return one.subject === other?.subject && one.isIn === other.isIn;
}
