/** What the demo alliance is deployed with: delays of seconds, so that a whole decision can be watched at one sitting. */
import { MEMBERS } from "./alliance-data.ts";
import { nodeOf, representativeOf } from "./cast.ts";
import { profileOf } from "./profiles.ts";

/** Seconds, but for `rewardWindowsRequired`: windows of an epoch in which a node must attest. */
const SCHEDULE = {
  routineDelaySeconds: 5n,
  dangerousDelaySeconds: 15n,
  votingPeriodSeconds: 3_600n,
  rewardEpochSeconds: 600n,
  rewardWindowSeconds: 30n,
  rewardWindowsRequired: 12n,
  exitNoticeSeconds: 30n,
  windDownSeconds: 3_600n,
} as const;

/** The schedule, and the member that exists from the first block, alone in the council until it admits others. */
export function demoParameters(): Record<string, bigint | string> {
  const [founder] = MEMBERS;
  const { uri, hash } = profileOf(founder.slug);
  return {
    ...SCHEDULE,
    founderName: founder.name,
    founderProfileUri: uri,
    founderProfileHash: hash,
    founderRepresentative: representativeOf(1).address,
    founderNode: nodeOf(1).address,
  };
}
