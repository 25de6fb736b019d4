/** Three questions, three whole rule books that fit the answers; one of them becomes the draft. */
import { Button, Form, Input, InputNumber } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listRulesPresetsOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { draftRules } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { RuleBook } from "../../../../../../gateway/client/generated/types.gen.ts";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { fenOf } from "../fen.ts";
import { useSave } from "../save.ts";

interface Answers {
  readonly averageOrderFen: string;
  readonly grossMarginBps: number;
}

const FIRST: Answers = { averageOrderFen: "3000", grossMarginBps: 5_000 };

export function PresetsPanel({ onDrafted }: { onDrafted: () => void }) {
  const { t, i18n } = useTranslation("loyalty");
  const id = useOwnId();
  const { pointsPerYuan } = useOwnMerchant();
  const [answers, setAnswers] = useState(FIRST);
  const scale = pointsPerYuan === 1_000 ? "1000" : "100";
  const presets = useQuery(listRulesPresetsOptions({ query: { ...answers, pointsPerYuan: scale } }));
  const draft = useSave((body: RuleBook, headers) => draftRules({ path: { id }, body, headers, throwOnError: true }));
  const say = (words: { zh: string; en: string }): string => (i18n.language === "en" ? words.en : words.zh);
  return (
    <Panel title={t("rules.presets")}>
      <div className="loyalty-stack">
        <Questions onAnswers={setAnswers} />
        {draft.error === undefined ? null : <ProblemNote error={draft.error} />}
        <QueryView query={presets}>
          {({ items }) => (
            <div className="loyalty-presets">
              {items.map(({ stage, title, summary, document }) => (
                <section key={stage} className="loyalty-preset" aria-label={say(title)}>
                  <h3>{say(title)}</h3>
                  <p>{say(summary)}</p>
                  <Button
                    loading={draft.isSaving}
                    aria-label={t("rules.useThis", { title: say(title) })}
                    onClick={() => draft.submit(document, onDrafted)}
                  >
                    {t("rules.useThis", { title: say(title) })}
                  </Button>
                </section>
              ))}
            </div>
          )}
        </QueryView>
      </div>
    </Panel>
  );
}

function Questions({ onAnswers }: { onAnswers: (answers: Answers) => void }) {
  const { t } = useTranslation("loyalty");
  const { pointsPerYuan } = useOwnMerchant();
  const [yuan, setYuan] = useState("30");
  const [margin, setMargin] = useState(50);
  const tell = (nextYuan: string, nextMargin: number): void => {
    const averageOrderFen = fenOf(nextYuan);
    if (averageOrderFen !== undefined && averageOrderFen !== "0")
      onAnswers({ averageOrderFen, grossMarginBps: nextMargin * 100 });
  };
  return (
    <Form layout="vertical" className="loyalty-questions">
      <Form.Item label={t("rules.ask.order")} htmlFor="average-order">
        <Input
          id="average-order"
          inputMode="decimal"
          prefix="¥"
          value={yuan}
          onChange={({ target }) => {
            setYuan(target.value);
            tell(target.value, margin);
          }}
        />
      </Form.Item>
      <Form.Item label={t("rules.ask.margin")} htmlFor="gross-margin">
        <InputNumber
          id="gross-margin"
          min={1}
          max={100}
          precision={0}
          suffix="%"
          value={margin}
          onChange={(value) => {
            setMargin(value ?? margin);
            tell(yuan, value ?? margin);
          }}
        />
      </Form.Item>
      <Form.Item label={t("rules.ask.scale")}>
        <strong>{t("rules.scale", { count: pointsPerYuan })}</strong>
      </Form.Item>
    </Form>
  );
}
