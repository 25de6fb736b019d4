/** The draft: changed here, looked at by the linter at once, published by its hash. */
import { Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getRulesDraftOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { draftRules, publishRules } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { RuleBook, RulesDraft } from "../../../../../../gateway/client/generated/types.gen.ts";
import { useWrite } from "../../../../api/write.ts";
import { CommandNote } from "../../../../parts/CommandNote.tsx";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { useOwnId } from "../own-id.ts";
import { useSave } from "../save.ts";
import { PreviewPanel } from "./PreviewPanel.tsx";
import { RulesEditor } from "./RulesEditor.tsx";

export function DraftPanel({ onPublished }: { onPublished: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const query = useQuery(getRulesDraftOptions({ path: { id } }));
  return (
    <QueryView query={query} missing={<NothingThere text={t("rules.noDraft")} />}>
      {(draft) => <Draft key={draft.rulesHash} draft={draft} onPublished={onPublished} />}
    </QueryView>
  );
}

function Draft({ draft, onPublished }: { draft: RulesDraft; onPublished: () => void }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const [book, setBook] = useState<RuleBook>(draft.document);
  const isChanged = JSON.stringify(book) !== JSON.stringify(draft.document);
  const save = useSave((body: RuleBook, headers) => draftRules({ path: { id }, body, headers, throwOnError: true }));
  return (
    <div className="loyalty-stack">
      <Panel
        title={t("rules.draft")}
        tools={
          <div className="loyalty-tools">
            <span className="hex" title={draft.rulesHash}>
              {draft.rulesHash.slice(0, 14)}…
            </span>
            <Button disabled={!isChanged} onClick={() => setBook(draft.document)}>
              {t("rules.undo")}
            </Button>
            <Button type="primary" disabled={!isChanged} loading={save.isSaving} onClick={() => save.submit(book)}>
              {t("rules.saveDraft")}
            </Button>
          </div>
        }
      >
        <RulesEditor book={book} onBook={setBook} />
        {save.error === undefined ? null : <ProblemNote error={save.error} />}
      </Panel>
      <PreviewPanel book={book}>
        {(isPublishable) => (
          <Publish hash={draft.rulesHash} isReady={isPublishable && !isChanged} onPublished={onPublished} />
        )}
      </PreviewPanel>
    </div>
  );
}

interface PublishProps {
  readonly hash: string;
  readonly isReady: boolean;
  readonly onPublished: () => void;
}

function Publish({ hash, isReady, onPublished }: PublishProps) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const write = useWrite((body: { rulesHash: string }, headers) =>
    publishRules({ path: { id }, body, headers, throwOnError: true }),
  );
  const isDone = write.command?.state === "confirmed";
  return (
    <div className="loyalty-stack">
      <p className="loyalty-soft">{t(isReady ? "rules.publishNote" : "rules.notReady")}</p>
      <div className="loyalty-tools">
        <Button
          type="primary"
          disabled={!isReady || isDone}
          loading={write.isSending}
          onClick={() => write.submit({ rulesHash: hash })}
        >
          {t("rules.publish")}
        </Button>
        {isDone ? <Button onClick={onPublished}>{t("rules.seeInForce")}</Button> : null}
      </div>
      {write.error === undefined ? null : <ProblemNote error={write.error} />}
      {write.command === undefined ? null : <CommandNote command={write.command} />}
    </div>
  );
}
