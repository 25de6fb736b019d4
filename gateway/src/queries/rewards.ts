/** Node rewards by epoch and by member: the arithmetic of INodeRewards over what was indexed. */
import type { Tx } from "../store/database.ts";
import { readMember, readStandings } from "../store/read-council.ts";
import {
  readClaimed,
  readEmitted,
  readInflation,
  readRecordsOfEpochs,
  readRecordsOfMember,
  readSchedule,
  readSupplyAt,
} from "../store/read-rewards.ts";
import type { InflationChangeRow, MemberChangeRow, RewardRecordRow } from "../store/tables-governance.ts";
import { alpAmount } from "./amounts.ts";
import type { PageQuery, Reading, Snapshot } from "./at-block.ts";
import { atBlock, found, integerCursor } from "./at-block.ts";
import { activeAt } from "./proposal-state.ts";

const YEAR = 31_536_000n;
const BPS = 10_000n;

/** Everything that an epoch's figures follow from. */
interface Books {
  readonly startedAt: bigint;
  readonly epochSeconds: bigint;
  readonly windowSeconds: bigint;
  readonly windowsRequired: number;
  readonly inflation: readonly InflationChangeRow[];
  readonly standings: readonly MemberChangeRow[];
  readonly current: number;
}

async function readBooks({ tx, block }: Snapshot): Promise<Books> {
  const schedule = found(await readSchedule(tx), "reward schedule");
  const startedAt = BigInt(schedule.started_at);
  const epochSeconds = BigInt(schedule.epoch_seconds);
  return {
    startedAt,
    epochSeconds,
    windowSeconds: BigInt(schedule.window_seconds),
    windowsRequired: Number(schedule.windows_required),
    inflation: await readInflation(tx),
    standings: await readStandings(tx),
    current: Number((BigInt(block.timestamp) - startedAt) / epochSeconds),
  };
}

/** The rate in force at the end of a second. */
function inflationAt(inflation: readonly InflationChangeRow[], time: bigint): bigint {
  let bps = 0n;
  for (const change of inflation) if (BigInt(change.time) <= time) bps = BigInt(change.bps);
  return bps;
}

interface EpochFigures {
  readonly epoch: number;
  readonly startsAt: bigint;
  readonly emission: bigint;
  readonly members: readonly number[];
  readonly share: bigint;
}

/** Supplies at the starts of years, which many epochs share. */
class Years {
  readonly #supplies = new Map<bigint, bigint>();

  async supplyAt(tx: Tx, time: bigint): Promise<bigint> {
    const known = this.#supplies.get(time);
    if (known !== undefined) return known;
    const supply = await readSupplyAt(tx, time);
    this.#supplies.set(time, supply);
    return supply;
  }
}

/** emission = ⌊supplyAt(start of its year) · inflationAt(its start) · epochSeconds / (10,000 · 365 days)⌋, in equal shares. */
async function figuresOf(tx: Tx, books: Books, epoch: number, years: Years): Promise<EpochFigures> {
  const startsAt = books.startedAt + BigInt(epoch) * books.epochSeconds;
  const year = (startsAt - books.startedAt) / YEAR;
  const supply = await years.supplyAt(tx, books.startedAt + year * YEAR);
  const emission = (supply * inflationAt(books.inflation, startsAt) * books.epochSeconds) / (BPS * YEAR);
  const members = activeAt(books.standings, startsAt);
  return { epoch, startsAt, emission, members, share: members.length === 0 ? 0n : emission / BigInt(members.length) };
}

export function listRewardEpochs(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const { tx, alp } = snapshot;
    const books = await readBooks(snapshot);
    const top = Math.min(integerCursor(cursor, books.current + 1), books.current + 1) - 1;
    const bottom = Math.max(0, top - limit + 1);
    const records = await readRecordsOfEpochs(tx, { from: bottom, to: top });
    const years = new Years();
    const items = [];
    for (let epoch = top; epoch >= bottom; epoch -= 1) {
      const figures = await figuresOf(tx, books, epoch, years);
      const own = records.filter((record) => record.epoch === epoch);
      const claimed = own.reduce((sum, record) => sum + BigInt(record.claimed ?? 0), 0n);
      items.push({
        epoch,
        startsAt: Number(figures.startsAt),
        endsAt: Number(figures.startsAt + books.epochSeconds),
        isOver: epoch < books.current,
        emission: alpAmount(alp, figures.emission),
        members: figures.members.length,
        share: alpAmount(alp, figures.share),
        claimed: alpAmount(alp, claimed),
        records: membersOf(figures, own).map((id) => standingView(snapshot, books, { figures, id, own })),
      });
    }
    return {
      items,
      nextCursor: bottom > 0 ? String(bottom) : null,
      schedule: scheduleView(books),
      emittedByYear: (await readEmitted(tx)).map(({ year, emitted }) => ({ year, emitted: alpAmount(alp, emitted) })),
    };
  });
}

/** Who could earn, and whoever attested all the same. */
function membersOf({ members }: EpochFigures, own: readonly RewardRecordRow[]): number[] {
  return [...new Set([...members, ...own.map(({ member_id }) => member_id)])].sort((a, b) => a - b);
}

function scheduleView(books: Books) {
  return {
    startedAt: Number(books.startedAt),
    epochSeconds: Number(books.epochSeconds),
    windowSeconds: Number(books.windowSeconds),
    windowsRequired: books.windowsRequired,
    currentEpoch: books.current,
  };
}

interface Standing {
  readonly figures: EpochFigures;
  readonly id: number;
  readonly own: readonly RewardRecordRow[];
}

/** Earned: it was active at the start and attested in enough windows. Claimable from the epoch's end on. */
function standingView({ alp }: Snapshot, books: Books, { figures, id, own }: Standing) {
  const record = own.find(({ member_id }) => member_id === id);
  const windows = record?.windows ?? 0;
  const isEligible = figures.members.includes(id);
  const isEarned = isEligible && windows >= books.windowsRequired;
  const isClaimed = record?.claimed !== undefined && record.claimed !== null;
  const left = books.standings.findLast((change) => change.member_id === id)?.becomes === "left";
  const isClaimable = isEarned && !isClaimed && !left && figures.epoch < books.current;
  return {
    memberId: id,
    windowsAttested: windows,
    lastAttestedAt: record?.attested_at ? Number(record.attested_at) : null,
    isEligible,
    isEarned,
    isClaimed,
    claimable: alpAmount(alp, isClaimable ? figures.share : 0n),
    claimed: alpAmount(alp, record?.claimed ?? "0"),
    claimedAt: record?.claimed_at ? Number(record.claimed_at) : null,
  };
}

/** Epochs that a member's page looks back over. */
const EPOCHS_SHOWN = 50;

export async function rewardsOf(snapshot: Snapshot, memberId: number) {
  const { tx, alp } = snapshot;
  const books = await readBooks(snapshot);
  const from = Math.max(0, books.current - EPOCHS_SHOWN + 1);
  const records = await readRecordsOfMember(tx, memberId, { from, to: books.current });
  const years = new Years();
  const epochs = [];
  for (let epoch = books.current; epoch >= from; epoch -= 1) {
    const figures = await figuresOf(tx, books, epoch, years);
    const own = records.filter((record) => record.epoch === epoch);
    epochs.push({ epoch, ...standingView(snapshot, books, { figures, id: memberId, own }) });
  }
  const claimed = await readClaimed(tx, memberId);
  return {
    schedule: scheduleView(books),
    claimed: alpAmount(alp, claimed.amount),
    epochsClaimed: claimed.epochs,
    claimable: alpAmount(
      alp,
      epochs.reduce((sum, { claimable }) => sum + BigInt(claimable.amount), 0n),
    ),
    epochs: epochs.map(({ memberId: _member, ...epoch }) => epoch),
  };
}

export function showRewards(reading: Reading, memberId: number) {
  return atBlock(reading, async (snapshot) => {
    const member = found(await readMember(snapshot.tx, memberId), `member ${memberId}`);
    return { memberId, name: member.name, ...(await rewardsOf(snapshot, memberId)) };
  });
}
