/** One measured operation of ours, beside the peer's in the same run. */
export interface Figure {
  readonly operation: string;
  readonly ours: bigint;
  readonly peer: bigint;
  readonly peerName: string;
  /** Most that ours may cost, as a multiple of the peer's; undefined where no bar is set. */
  readonly bar?: number;
}

/** A transaction on its way. */
export interface Sent {
  wait(): Promise<{ gasUsed: bigint } | null>;
}

/** Gas that a whole transaction used, in a block of its own: every slot and account cold, refunds included. */
export async function gasOf(sent: Promise<Sent>): Promise<bigint> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("the transaction was not mined: the bench needs a chain that mines at once");
  return receipt.gasUsed;
}

export function ratioOf({ ours, peer }: Figure): number {
  return Number(ours) / Number(peer);
}

export function isMissed(figure: Figure): boolean {
  return figure.bar !== undefined && ratioOf(figure) > figure.bar;
}

/** The figures as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.operation,
    figure.ours.toLocaleString("en-US"),
    figure.peer.toLocaleString("en-US"),
    ratioOf(figure).toFixed(4),
    figure.bar === undefined ? "" : `≤ ${figure.bar.toFixed(2)} ${isMissed(figure) ? "MISSED" : "met"}`,
    figure.peerName,
  ]);
  const table = [["operation", "ours", "peer", "ratio", "bar", "peer is"], ...rows];
  const widthOf = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  const isNumber = (column: number) => column >= 1 && column <= 3;
  const layOut = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widthOf(column)) : cell.padEnd(widthOf(column));
  return table.map((row) => row.map(layOut).join("  ").trimEnd()).join("\n");
}
