/** The draft becomes the next version: its hash is anchored on the chain, and it is in force once that is confirmed. */
import { callOf, ruleBooks } from "../../chain/contracts.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import type { Draft } from "../../store/loyalty-rules.ts";
import { insertPublishing, readDraft, readVersions, settlePublishing } from "../../store/loyalty-rules.ts";
import type { Accepted } from "../accept.ts";
import type { ControllerPlan } from "../as-controller.ts";
import { acceptAsController } from "../as-controller.ts";
import type { Asked } from "../asked.ts";
import { findMerchant, view } from "../find-merchant.ts";
import type { Rooms } from "../rooms.ts";
import { assertPublishable } from "./preview-rules.ts";

export interface Publication {
  readonly merchantId: number;
  /** Of the draft that was read and checked: another one is not published by mistake. */
  readonly rulesHash: Hex32;
}

export function publishRules(rooms: Rooms, asked: Asked, publication: Publication): Promise<Accepted> {
  return acceptAsController(rooms, asked, async (): Promise<ControllerPlan> => {
    const { merchantId, rulesHash } = publication;
    const merchant = await findMerchant(rooms, merchantId);
    const draft = await draftOf(rooms, publication);
    await settlePublishing(rooms.db, merchantId);
    await assertNew(rooms, publication);
    await assertPublishable(rooms, merchantId, draft.document);
    const version = (await publishedOnChain(rooms, merchantId)) + 1;
    const data = ruleBooks.encodeFunctionData("publish", [merchantId, version, rulesHash, ""]);
    const { organisation } = asked.caller;
    const rules = { merchantId, version, document: draft.document, rulesHash, organisation, now: rooms.clock.now() };
    return {
      kind: "rules.publish",
      merchant,
      calls: [callOf(rooms.deployment.contracts.ruleBooks, data)],
      beside: async (tx, commandId) => {
        const isAlone = await insertPublishing(tx, { ...rules, commandId });
        if (!isAlone) throw new LedgerError("rules_publishing", { version, commandId: "of another request" });
      },
    };
  });
}

async function draftOf({ db }: Rooms, { merchantId, rulesHash }: Publication): Promise<Draft> {
  const draft = await readDraft(db, merchantId);
  if (draft === undefined) throw new LedgerError("rules_draft_missing", { merchantId });
  if (draft.rulesHash !== rulesHash)
    throw new LedgerError("rules_draft_changed", { draftHash: draft.rulesHash, rulesHash });
  return draft;
}

async function assertNew({ db }: Rooms, { merchantId, rulesHash }: Publication): Promise<void> {
  const [newest] = await readVersions(db, merchantId);
  if (newest?.state === "publishing")
    throw new LedgerError("rules_publishing", { version: newest.version, commandId: newest.commandId });
  if (newest?.rulesHash === rulesHash) throw new LedgerError("rules_unchanged", { version: newest.version });
}

/** The chain counts: a store that was restored from a backup may not know the newest version. */
async function publishedOnChain(rooms: Rooms, merchantId: number): Promise<number> {
  const data = ruleBooks.encodeFunctionData("versionOf", [merchantId]);
  return Number(BigInt(await view(rooms, rooms.deployment.contracts.ruleBooks, data)));
}
