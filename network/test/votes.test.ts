import { expect } from "chai";
import fc from "fast-check";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { Tally } from "../agent/follow/tally.ts";
import { decideVotes, forgetful } from "../agent/follow/votes.ts";
import type { Memory, Scene } from "../agent/follow/votes.ts";
import { QbftModel } from "./follow/qbft-model.ts";

const SETTLE = 10;
const node = (number: number): Address => `0x${String(number).padStart(40, "0")}` as Address;
const nodes = (...numbers: number[]): Set<Address> => new Set(numbers.map(node));

/** Five validators, one of them this node, all wanted and connected, nothing standing. */
const CALM: Scene = {
  block: 100,
  self: node(1),
  validators: nodes(1, 2, 3, 4, 5),
  wanted: nodes(1, 2, 3, 4, 5),
  floor: 4,
  taken: nodes(1, 2, 3, 4, 5, 6, 7),
  reachable: nodes(2, 3, 4, 5, 6, 7),
  standing: new Map(),
  cast: new Map(),
};
const YES = true;
const NO = false;

/** The same scene for so many blocks, then the decision. */
function decideAfter(blocks: number, scene: Scene, before: Memory = { wishes: new Map(), quietUntil: 0 }) {
  let memory = before;
  for (let block = scene.block - blocks; block < scene.block; block += 1)
    memory = decideVotes({ ...scene, block }, memory, SETTLE).memory;
  return decideVotes(scene, memory, SETTLE);
}

describe("the vote of an agent", () => {
  for (const { why, change, propose, blocks = SETTLE } of [
    { why: "nothing when the validators are those wanted", change: {}, propose: undefined },
    { why: "in, whom the alliance wants", change: { wanted: nodes(1, 2, 3, 4, 5, 6) }, propose: [6, YES] },
    { why: "nothing a block too early", change: { wanted: nodes(1, 2, 3, 4, 5, 6) }, propose: undefined, blocks: 9 },
    {
      why: "nothing for a node it is not connected with",
      change: { wanted: nodes(1, 2, 3, 4, 5, 8), taken: nodes(8) },
      propose: undefined,
    },
    { why: "out, whom the alliance does not want any more", change: { wanted: nodes(1, 2, 3, 4) }, propose: [5, NO] },
    { why: "even itself", change: { wanted: nodes(2, 3, 4, 5) }, propose: [1, NO] },
    { why: "nothing when the floor is reached", change: { wanted: nodes(1, 2, 3, 4), floor: 5 }, propose: undefined },
    {
      why: "nothing against a validator that never was a member",
      change: { wanted: nodes(1, 2, 3, 4), taken: nodes(1, 2, 3, 4) },
      propose: undefined,
    },
    {
      why: "in before out, the lowest address first",
      change: { wanted: nodes(1, 2, 3, 6, 7) },
      propose: [6, YES],
    },
    {
      why: "the next one in when the first is cast: others may not reach it",
      change: { wanted: nodes(1, 2, 3, 6, 7), cast: new Map([[node(6), YES]]) },
      propose: [7, YES],
    },
    {
      why: "out when all those in are cast",
      change: {
        wanted: nodes(1, 2, 3, 6, 7),
        cast: new Map([
          [node(6), YES],
          [node(7), YES],
        ]),
      },
      propose: [4, NO],
    },
    {
      why: "the other way, to take back a vote against one who is wanted again",
      change: { cast: new Map([[node(5), NO]]) },
      propose: [5, YES],
      blocks: 0,
    },
    {
      why: "the other way, when the floor was raised after the vote",
      change: { wanted: nodes(1, 2, 3, 4), floor: 5, cast: new Map([[node(5), NO]]) },
      propose: [5, YES],
    },
    {
      why: "the other way, before it votes a second one out",
      change: { wanted: nodes(1, 2, 3), floor: 3, cast: new Map([[node(5), NO]]) },
      propose: [5, YES],
    },
    {
      why: "nothing when it is no validator itself",
      change: { self: node(6), wanted: nodes(1, 2) },
      propose: undefined,
    },
  ] as const)
    it(`is ${why}`, () => {
      const decision = decideAfter(blocks, { ...CALM, ...change });
      expect(decision.propose).to.deep.equal(
        propose === undefined ? undefined : { subject: node(propose[0]), isIn: propose[1] },
      );
    });

  it("stands as long as it is meant, and is taken down when it is done", () => {
    const voting = { ...CALM, wanted: nodes(1, 2, 3, 4, 5, 6), standing: new Map([[node(6), YES]]) };
    expect(decideAfter(SETTLE, voting)).to.deep.include({ propose: undefined, discard: [] });
    const done = { ...voting, validators: nodes(1, 2, 3, 4, 5, 6) };
    expect(decideAfter(0, done).discard).to.deep.equal([node(6)]);
  });

  it("waits for the block that may hold the old vote before the next one", () => {
    const changed = { ...CALM, wanted: nodes(1, 2, 3, 4), standing: new Map([[node(4), NO]]) };
    const first = decideAfter(SETTLE, changed);
    expect(first).to.deep.include({ propose: undefined, discard: [node(4)] });
    const next = decideVotes({ ...changed, block: 101, standing: new Map() }, first.memory, SETTLE);
    expect(next.propose).to.equal(undefined);
    const then = decideVotes({ ...changed, block: 102, standing: new Map() }, next.memory, SETTLE);
    expect(then.propose).to.deep.equal({ subject: node(5), isIn: NO });
  });

  it("is not taken back by an agent that starts anew", () => {
    const scene = { ...CALM, wanted: nodes(1, 2, 3, 4), cast: new Map([[node(5), NO]]) };
    expect(decideVotes(scene, forgetful(scene.block), SETTLE).propose).to.equal(undefined);
  });

  it("says of every difference what it waits for", () => {
    const scene = { ...CALM, wanted: nodes(1, 2, 6, 7, 8), taken: nodes(1, 2, 4, 5), cast: new Map([[node(6), YES]]) };
    expect(decideAfter(SETTLE, scene).open.map(({ subject, waiting }) => [Number(subject), waiting])).to.deep.equal([
      [6, "cast"],
      [7, "voting"],
      [8, "unreachable"],
      [3, "neverMember"],
      [4, "queued"],
      [5, "queued"],
    ]);
  });
});

const POOL = 8;
const FLOOR = 4;
const UNREACHABLE = node(8);

/** One thing that happens before the next block. */
type Happening =
  | { readonly kind: "wanted"; readonly list: readonly number[] }
  | { readonly kind: "cutOff" | "asleep" | "nodeRestarts" | "agentRestarts"; readonly who: number };

interface Agent {
  memory: Memory;
  tally: Tally;
  /** Decided, and not carried out yet: the node makes a block in between. */
  late: (() => void) | undefined;
  asleepUntil: number;
}

/** A network of nodes with agents, to which things happen. */
class World {
  readonly chain: QbftModel;
  wanted: Set<Address>;
  readonly taken = new Set<Address>();
  reachable = (subject: Address): boolean => subject !== UNREACHABLE;
  readonly #agents = new Map<Address, Agent>();
  readonly #cutOffUntil = new Map<Address, number>();
  #time = 0;

  constructor(validators: readonly number[], epochLength: number) {
    this.chain = new QbftModel(validators.map(node), epochLength);
    this.wanted = new Set(validators.map(node));
    for (const each of this.wanted) this.taken.add(each);
  }

  happen(happening: Happening): void {
    if (happening.kind === "wanted") {
      this.wanted = new Set(happening.list.map(node));
      for (const each of this.wanted) this.taken.add(each);
      return;
    }
    const who = node(happening.who);
    if (happening.kind === "asleep" || happening.kind === "cutOff") this.#agentOf(who).asleepUntil = this.#time + 80;
    if (happening.kind === "nodeRestarts") this.chain.proposalsOf(who).clear();
    if (happening.kind === "agentRestarts") this.#agents.delete(who);
    // It keeps what it stands for, and casts it when it is back.
    if (happening.kind === "cutOff") this.#cutOffUntil.set(who, this.#time + 70);
  }

  /** Agents look, a block is made, and those that are late act after it. @param late Whose agents are. */
  pass(late: (node: Address) => boolean): void {
    this.#time += 1;
    for (let number = 1; number <= POOL; number += 1) this.#act(node(number), late(node(number)));
    this.chain.makeBlock((each) => (this.#cutOffUntil.get(each) ?? 0) < this.#time);
    for (const agent of this.#agents.values()) {
      agent.late?.();
      agent.late = undefined;
    }
  }

  #agentOf(who: Address): Agent {
    const { headers, head, epochLength } = this.chain;
    const tally = new Tally(epochLength, headers[Tally.epochOf(head, epochLength)]!);
    const agent = this.#agents.get(who) ?? { memory: forgetful(head), tally, late: undefined, asleepUntil: 0 };
    this.#agents.set(who, agent);
    return agent;
  }

  #act(self: Address, isLate: boolean): void {
    const agent = this.#agentOf(self);
    if (agent.asleepUntil > this.#time) return;
    const { chain, wanted, taken } = this;
    for (const header of chain.headers.slice(agent.tally.block + 1)) agent.tally.read(header);
    expect([...agent.tally.validators].sort(), "the agent counts as the chain does").to.deep.equal(chain.validators);
    const scene = {
      ...{ block: chain.head, self, wanted, taken, floor: FLOOR },
      validators: new Set(chain.validators),
      reachable: new Set([...Array(POOL).keys()].map((each) => node(each + 1)).filter(this.reachable)),
      standing: new Map(chain.proposalsOf(self)),
      cast: agent.tally.castBy(self),
    };
    const { memory, propose, discard } = decideVotes(scene, agent.memory, SETTLE);
    agent.memory = memory;
    const carryOut = (): void => {
      for (const each of discard) chain.proposalsOf(self).delete(each);
      if (propose !== undefined) chain.proposalsOf(self).set(propose.subject, propose.isIn);
    };
    if (isLate) agent.late = carryOut;
    else carryOut();
  }
}

const who = fc.integer({ min: 1, max: POOL });
// Lists that change by one or two while votes are half cast are the hard ones: 10 blocks settle a wish, 6 validators vote.
const list = fc.oneof(
  { weight: 4, arbitrary: fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 3 }) },
  { weight: 1, arbitrary: fc.subarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }) },
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: list.map((wanted) => ({ kind: "wanted" as const, list: wanted })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("cutOff", "asleep", "nodeRestarts", "agentRestarts"), who }),
  },
);
const history = fc.record({
  steps: fc.array(fc.record({ blocks: fc.integer({ min: 0, max: 17 }), what: happening }), { maxLength: 60 }),
  epochLength: fc.constantFrom(60, 2_000),
  lateness: fc.integer({ min: 1, max: 1_000_000 }),
});

// Whatever the alliance's list does, and whichever agents sleep, come late or start anew, all of them together never take
// the validators below the floor, never let in a node nobody reaches, and end where the list ends.
describe("the votes of all agents together", function () {
  this.timeout(120_000);

  const play = ({ steps, epochLength, lateness }: typeof history extends fc.Arbitrary<infer H> ? H : never): World => {
    const world = new World([1, 2, 3, 4, 5, 6], epochLength);
    let draw = lateness;
    const isLate = (): boolean => {
      draw = (draw * 48_271) % 2_147_483_647;
      return draw % 3 === 0;
    };
    const pass = (): void => {
      world.pass(isLate);
      expect(world.chain.validators.length, "the floor").to.be.at.least(FLOOR);
      if (!world.reachable(UNREACHABLE)) expect(world.chain.validators).not.to.include(UNREACHABLE);
    };
    for (const { blocks, what } of steps) {
      world.happen(what);
      for (let block = 0; block < blocks; block += 1) pass();
    }
    // Peace: everything is reachable, nothing changes any more.
    world.reachable = () => true;
    for (let block = 0; block < 400; block += 1) pass();
    return world;
  };

  it("keep the floor when a node that was cut off comes back with a vote that nobody means any more", () => {
    const without = (...out: number[]): Happening => ({
      kind: "wanted",
      list: [1, 2, 3, 4, 5, 6].filter((n) => !out.includes(n)),
    });
    // Two are cast against 1, and 6 would be the third: enough for four validators, not for six.
    const steps = [
      { what: without(1), blocks: 11 },
      { what: { kind: "cutOff", who: 6 }, blocks: 2 },
      { what: without(4, 5), blocks: 80 },
    ] as const;
    for (const more of [0, 1, 2, 3, 4])
      play({ steps: [steps[0], { ...steps[1], blocks: more }, steps[2]], epochLength: 2_000, lateness: 1 });
  });

  it("keep the floor, reach those they let in, and arrive", () => {
    fc.assert(
      fc.property(history, (what) => {
        const { chain, wanted } = play(what);
        const missing = [...wanted].filter((each) => !chain.validators.includes(each));
        const unwanted = chain.validators.filter((each) => !wanted.has(each));
        expect(missing, "wanted and not there").to.deep.equal([]);
        // Those who stay although nobody wants them are those that the floor keeps.
        if (unwanted.length > 0) expect(chain.validators.length).to.equal(FLOOR);
        for (const proposals of chain.proposals.values()) expect(proposals.size).to.be.at.most(1);
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});
