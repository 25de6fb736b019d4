import { expect } from "chai";
import { silentLog } from "../../gateway/src/kernel/log.ts";
import { Diary } from "../agent/diary.ts";
import type { FollowHealth } from "../agent/follow/follow-health.ts";
import { healthOf } from "../agent/health.ts";
import type { Condition } from "../agent/health.ts";

const SCHEDULE = { startedAt: 0, epochSeconds: 600, windowSeconds: 30, windowsRequired: 12 };
const ACTIVE = { standing: "active", memberId: 7n, since: 0 } as const;
const STANDING = { windowsAttested: 5, isEligible: true, reward: 0n };

function diaryOf({ failures = 0, attested = -1 }): Diary {
  const diary = new Diary({ now: () => 0, sleep: () => Promise.resolve() }, silentLog);
  return Object.assign(diary, { failures, attested });
}

/** In window 10 of epoch 0, five windows attested, nothing wrong. */
const FINE: Condition = {
  node: "0xa1",
  attestEvery: 1,
  chainNow: 300,
  head: { number: 9, hash: "0x9", timestamp: 299 },
  blockAgeSeconds: 1,
  schedule: SCHEDULE,
  membership: ACTIVE,
  standing: STANDING,
  diary: diaryOf({}),
  page: undefined,
};

describe("agent health", () => {
  for (const { status, why, change } of [
    { status: "ok", why: "nothing is wrong", change: {} },
    { status: "ok", why: "two rounds failed", change: { diary: diaryOf({ failures: 2 }) } },
    { status: "failing", why: "three rounds failed", change: { diary: diaryOf({ failures: 3 }) } },
    { status: "starting", why: "the chain has not answered", change: { schedule: undefined, membership: undefined } },
    { status: "ok", why: "the last block is half a minute old", change: { blockAgeSeconds: 30 } },
    { status: "stalled", why: "it is older", change: { blockAgeSeconds: 31 } },
    {
      status: "ok",
      why: "windows are long, and so are pauses",
      change: { blockAgeSeconds: 120, schedule: { ...SCHEDULE, windowSeconds: 300, windowsRequired: 1 } },
    },
    { status: "notMember", why: "nobody has this node", change: { membership: { standing: "notMember" } } },
    { status: "suspended", why: "the member is", change: { membership: { ...ACTIVE, standing: "suspended" } } },
    // Ten windows are left, this one included: with two attested twelve can still be reached, with one not.
    { status: "ok", why: "just enough windows are left", change: { standing: { ...STANDING, windowsAttested: 2 } } },
    { status: "behind", why: "too few are left", change: { standing: { ...STANDING, windowsAttested: 1 } } },
    {
      status: "behind",
      why: "this window is done already",
      change: { standing: { ...STANDING, windowsAttested: 2 }, diary: diaryOf({ attested: 10 }) },
    },
    {
      status: "ok",
      why: "it joined in this epoch, which it can not earn",
      change: { standing: { windowsAttested: 0, isEligible: false, reward: 0n } },
    },
    { status: "behind", why: "it is told to be lazy", change: { attestEvery: 2 } },
    { status: "ok", why: "it follows", change: { follow: { status: "ok" } as FollowHealth } },
    { status: "ok", why: "it still counts votes", change: { follow: { status: "reading" } as FollowHealth } },
    { status: "notFollowing", why: "it fails to", change: { follow: { status: "failing" } as FollowHealth } },
    {
      status: "notFollowing",
      why: "it was given another node",
      change: { follow: { status: "otherNode" } as FollowHealth },
    },
    {
      status: "behind",
      why: "that matters more than following",
      change: { attestEvery: 2, follow: { status: "failing" } as FollowHealth },
    },
  ] as const)
    it(`is ${status} when ${why}`, () => {
      expect(healthOf({ ...FINE, ...change }).status).to.equal(status);
    });

  it("shows the epoch, what is due next, and amounts as texts", () => {
    const page = { ledger: "1/0x", claimedBefore: 3, claimedAlp: "1000000000000000000", claimedEpochs: 2 };
    const health = healthOf({ ...FINE, page });
    expect(health.epoch).to.deep.equal({
      number: 0,
      window: 10,
      windows: 20,
      windowsAttested: 5,
      windowsRequired: 12,
      isEligible: true,
      endsAt: "1970-01-01T00:10:00.000Z",
    });
    expect(Date.parse(health.nextDueAt ?? "") / 1_000).to.be.within(300, 315);
    expect(health.rewards).to.deep.equal({ claimedAlp: "1000000000000000000", claimedEpochs: 2 });
    expect(health).to.deep.include({ memberId: "7", standing: "active", chain: { lastBlock: 9, blockAgeSeconds: 1 } });
  });
});
