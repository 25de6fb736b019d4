/** A merchant writes down the rules it wants next. Nothing happens by it: a draft can be changed until it is published. */
import { hashOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { canonicalBook } from "../../loyalty/canonical.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import type { Draft } from "../../store/loyalty-rules.ts";
import { readDraft, saveDraft } from "../../store/loyalty-rules.ts";
import type { Asked } from "../asked.ts";
import { findMerchantTerms } from "../find-merchant.ts";
import type { Rooms } from "../rooms.ts";

export type { Draft } from "../../store/loyalty-rules.ts";

export async function draftRules(
  rooms: Rooms,
  { caller }: Asked,
  { merchantId, book }: { readonly merchantId: number; readonly book: RuleBook },
): Promise<Draft> {
  await findMerchantTerms(rooms, merchantId);
  const document = canonicalBook(book);
  const draft = { merchantId, document, rulesHash: hashOf(document), organisation: caller.organisation };
  await saveDraft(rooms.db, { ...draft, now: rooms.clock.now() });
  return findDraft(rooms, merchantId);
}

/** Throws `rules_draft_missing`. */
export async function findDraft({ db }: Pick<Rooms, "db">, merchantId: number): Promise<Draft> {
  const draft = await readDraft(db, merchantId);
  if (draft === undefined) throw new LedgerError("rules_draft_missing", { merchantId });
  return draft;
}
