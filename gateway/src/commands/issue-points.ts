/** A till gives points for orders: 1 to 5,000 of them at once. Each order is issued once, for ever. */
import type { Address } from "../kernel/ids.ts";
import type { IssueItem } from "../outbox/command.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { merchantIdOfToken } from "./find-merchant.ts";
import { LedgerError } from "../kernel/errors.ts";
import { tillFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export interface IssueRequest {
  readonly token: Address;
  /** An older live epoch makes the points expire sooner (promotions); left out: the current one. */
  readonly epoch?: number | undefined;
  readonly items: readonly IssueItem[];
}

export function issuePoints(rooms: Rooms, asked: Asked, { token, epoch, items }: IssueRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const merchantId = await merchantIdOfToken(rooms, token);
    if (merchantId === undefined) throw new LedgerError("not_found", { what: `token ${token}` });
    // Without a till nothing could ever be sent; the outbox itself chooses which of them signs.
    await tillFor(rooms, merchantId, token);
    return { kind: "issue", merchantId, issue: { token, items, ...(epoch === undefined ? {} : { epoch }) } };
  });
}
