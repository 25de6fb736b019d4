/** Whether a node does its work, from the epochs of the rewards. */
interface Epoch {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly records: readonly {
    readonly memberId: number;
    readonly lastAttestedAt: number | null;
    readonly windowsAttested: number;
  }[];
}

/** An epoch has twenty windows and more, and a node attests in each: four of them without a word are silence. */
const SILENT_AFTER = 5;

export function lastAttestedAt(epochs: readonly Epoch[], memberId: number): number | null {
  for (const { records } of epochs) {
    const at = records.find((record) => record.memberId === memberId)?.lastAttestedAt ?? null;
    if (at !== null) return at;
  }
  return null;
}

export function isAttesting(epoch: Pick<Epoch, "startsAt" | "endsAt">, attestedAt: number | null, now: number) {
  return attestedAt !== null && now - attestedAt <= (epoch.endsAt - epoch.startsAt) / SILENT_AFTER;
}
