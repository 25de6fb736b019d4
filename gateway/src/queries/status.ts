/** How far the read side has come. */
import type { Reading } from "./at-block.ts";
import { atBlock } from "./at-block.ts";

interface Chain {
  readonly chainId: number;
  readonly genesisHash: string;
  readonly contracts: Readonly<Record<string, string>>;
  readonly head: number | null;
}

export function showStatus(reading: Reading, { head, chainId, genesisHash, contracts }: Chain) {
  return atBlock(reading, ({ block }) =>
    Promise.resolve({
      chainId,
      genesisHash,
      contracts: { ...contracts },
      head,
      blocksBehind: head === null ? null : Math.max(0, head - block.number),
    }),
  );
}
