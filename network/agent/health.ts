/** How the agent is doing, for people and monitors: `GET /health` on this computer only. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";
import { AgentStop } from "./agent-stop.ts";
import type { SeenBlock } from "./chain-clock.ts";
import type { Diary, LastAttestation, Problem } from "./diary.ts";
import type { FollowHealth } from "./follow/follow-health.ts";
import type { JournalPage } from "./journal.ts";
import type { EpochStanding, Membership } from "./rewards-view.ts";
import { isOnDuty, nextDueAt, placeAt, windowsPerEpoch } from "./schedule.ts";
import type { Duty, Place, Schedule } from "./schedule.ts";

export interface Condition {
  readonly node: string;
  readonly attestEvery: number;
  readonly chainNow: number;
  readonly head: SeenBlock | undefined;
  readonly blockAgeSeconds: number;
  readonly schedule: Schedule | undefined;
  readonly membership: Membership | undefined;
  readonly standing: EpochStanding | undefined;
  readonly diary: Diary;
  readonly page: JournalPage | undefined;
  readonly follow?: FollowHealth | undefined;
}

/**
 * ok: nothing to do for anybody. starting: the chain has not answered yet. failing: three rounds failed in a row.
 * stalled: the chain makes no blocks. notMember, suspended: no active member has this node. behind: the windows left in
 * this epoch are too few to earn it. notFollowing: attesting goes well, the node's list and votes are not kept up.
 */
export type Status = "ok" | "starting" | "failing" | "stalled" | "notMember" | "suspended" | "behind" | "notFollowing";

/** What the page says; times are ISO 8601 in chain time, amounts wei as decimal strings. */
export interface Health {
  readonly status: Status;
  readonly node: string;
  readonly memberId?: string;
  readonly standing: Membership["standing"] | "unknown";
  readonly chain: { readonly lastBlock: number | undefined; readonly blockAgeSeconds: number };
  readonly epoch?: EpochHealth;
  readonly attestEvery: number;
  readonly nextDueAt?: string;
  readonly lastAttestation?: LastAttestation | undefined;
  readonly inFlight?: { readonly kind: string; readonly transaction: string } | undefined;
  readonly rewards: { readonly claimedAlp: string; readonly claimedEpochs: number };
  readonly lastProblem?: Problem | undefined;
  /** Undefined when the agent does not follow. */
  readonly follow?: FollowHealth | undefined;
}

export interface EpochHealth {
  readonly number: number;
  readonly window: number;
  readonly windows: number;
  readonly windowsAttested: number;
  readonly windowsRequired: number;
  /** Whether the member was active when the epoch began. */
  readonly isEligible: boolean;
  readonly endsAt: string;
}

const FAILURES_MAX = 2;
/** A chain without transactions may make a block every ten seconds only; one of long windows is not waited for long. */
const STALLED_SECONDS = { min: 30, max: 120 } as const;

export function healthOf(condition: Condition): Health {
  const { schedule, head, membership, standing, page, diary } = condition;
  const inFlight = page?.inFlight;
  const place = schedule === undefined ? undefined : placeAt(schedule, condition.chainNow);
  return {
    status: statusOf(condition, place),
    node: condition.node,
    ...(membership === undefined || membership.standing === "notMember"
      ? {}
      : { memberId: String(membership.memberId) }),
    standing: membership?.standing ?? "unknown",
    chain: { lastBlock: head?.number, blockAgeSeconds: Math.round(condition.blockAgeSeconds) },
    ...(schedule === undefined || place === undefined
      ? {}
      : { epoch: epochOf(schedule, place, standing), nextDueAt: isoOf(nextDueAt(schedule, place, dutyOf(condition))) }),
    attestEvery: condition.attestEvery,
    lastAttestation: diary.lastAttestation,
    inFlight: inFlight === undefined ? undefined : { kind: inFlight.purpose.kind, transaction: inFlight.hash },
    rewards: { claimedAlp: page?.claimedAlp ?? "0", claimedEpochs: page?.claimedEpochs ?? 0 },
    lastProblem: diary.problem,
    follow: condition.follow,
  };
}

function epochOf(schedule: Schedule, place: Place, standing: EpochStanding | undefined): EpochHealth {
  return {
    number: place.epoch,
    window: place.window,
    windows: windowsPerEpoch(schedule),
    windowsAttested: standing?.windowsAttested ?? 0,
    windowsRequired: schedule.windowsRequired,
    isEligible: standing?.isEligible ?? false,
    endsAt: isoOf(schedule.startedAt + (place.epoch + 1) * schedule.epochSeconds),
  };
}

function dutyOf({ node, attestEvery, diary }: Condition): Duty {
  return { node, every: attestEvery, attested: diary.attested };
}

function statusOf(condition: Condition, place: Place | undefined): Status {
  const { schedule, membership, standing, diary, blockAgeSeconds, follow } = condition;
  if (diary.failures > FAILURES_MAX) return "failing";
  if (schedule === undefined || place === undefined || membership === undefined) return "starting";
  const { min, max } = STALLED_SECONDS;
  if (blockAgeSeconds > Math.min(Math.max(schedule.windowSeconds / 2, min), max)) return "stalled";
  if (membership.standing !== "active") return membership.standing;
  const possible = (standing?.windowsAttested ?? 0) + windowsLeft(condition, schedule, place);
  if (standing?.isEligible === true && possible < schedule.windowsRequired) return "behind";
  return follow?.status === "failing" || follow?.status === "otherNode" ? "notFollowing" : "ok";
}

/** Windows of this epoch that this agent can still attest in, the present one included unless it is done. */
function windowsLeft({ diary, attestEvery }: Condition, schedule: Schedule, place: Place): number {
  const end = (place.epoch + 1) * windowsPerEpoch(schedule);
  let left = 0;
  for (let ordinal = Math.max(place.ordinal, diary.attested + 1); ordinal < end; ordinal += 1)
    if (isOnDuty(ordinal, attestEvery)) left += 1;
  return left;
}

function isoOf(seconds: number): string {
  return new Date(Math.round(seconds * 1_000)).toISOString();
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param port 0 takes any free one. */
export async function serveHealth(port: number, health: () => Health): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const isKnown = request.method === "GET" && request.url === "/health";
    const body = isKnown ? health() : { error: "There is GET /health only. 仅提供 GET /health。" };
    const status = !isKnown ? 404 : (body as Health).status === "ok" ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
    response.end(`${JSON.stringify(body)}\n`);
  });
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new AgentStop("port_taken", `The health port ${port} can not be used: ${(error as Error).message}.`);
  }
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
