/** A rule book as a merchant reads it: what earns, what tasks give, what may be paid with points. The rest as text. */
import { Collapse, Input, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RuleBook } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact, parseAmount } from "../../../../format/amount.ts";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { POINT_DECIMALS } from "../../units.ts";
import { rateText, withRate } from "./rate-text.ts";

interface Props {
  readonly book: RuleBook;
  readonly onBook: (book: RuleBook) => void;
}

export function RulesEditor({ book, onBook }: Props) {
  const { t } = useTranslation("loyalty");
  return (
    <div className="loyalty-stack">
      <EarnRules book={book} onBook={onBook} />
      <Tasks book={book} onBook={onBook} />
      <label className="loyalty-tools">
        <Switch
          checked={book.deduction?.isOpen ?? true}
          onChange={(isOpen) => onBook({ ...book, deduction: { ...book.deduction, isOpen } })}
        />
        {t("rules.deduction")}
      </label>
      <Collapse
        size="small"
        items={[{ key: "text", label: t("rules.asText"), children: <AsText book={book} onBook={onBook} /> }]}
      />
    </div>
  );
}

/** A number that is only taken over when it is one. */
function NumberText({
  label,
  text,
  suffix,
  onText,
}: {
  label: string;
  text: string;
  suffix: string;
  onText: (text: string) => boolean;
}) {
  const [typed, setTyped] = useState(text);
  const [isWrong, setWrong] = useState(false);
  return (
    <Input
      className="loyalty-number"
      aria-label={label}
      aria-invalid={isWrong}
      inputMode="decimal"
      value={typed}
      suffix={suffix}
      {...(isWrong ? { status: "error" as const } : {})}
      onChange={({ target }) => {
        setTyped(target.value);
        setWrong(!onText(target.value));
      }}
    />
  );
}

function useSay(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language === "en" ? words.en : words.zh);
}

function EarnRules({ book, onBook }: Props) {
  const { t } = useTranslation("loyalty");
  const say = useSay();
  const { tokenSymbol } = useOwnMerchant();
  return (
    <div className="scroll" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("rules.rule")}</th>
            <th scope="col">{t("rules.how")}</th>
            <th scope="col">{t("rules.pays")}</th>
          </tr>
        </thead>
        <tbody>
          {book.rules.map((rule, index) => (
            <tr key={rule.id}>
              <td>{say(rule.name)}</td>
              <td>{t(`rules.rate.${rule.rate.kind}`)}</td>
              <td>
                <NumberText
                  label={say(rule.name)}
                  text={rateText(rule.rate)}
                  suffix={rule.rate.kind === "percent" ? "%" : tokenSymbol}
                  onText={(text) => {
                    const rate = withRate(rule.rate, text);
                    if (rate === undefined) return false;
                    onBook({ ...book, rules: book.rules.with(index, { ...rule, rate }) });
                    return true;
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tasks({ book, onBook }: Props) {
  const { t } = useTranslation("loyalty");
  const say = useSay();
  const { tokenSymbol } = useOwnMerchant();
  const tasks = book.tasks ?? [];
  if (tasks.length === 0) return <p className="loyalty-soft">{t("rules.noTasks")}</p>;
  return (
    <div className="scroll" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("rules.task")}</th>
            <th scope="col">{t("rules.how")}</th>
            <th scope="col">{t("rules.pays")}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task, index) => (
            <tr key={task.id}>
              <td>{say(task.name)}</td>
              <td>{t(`rules.kind.${task.kind}`)}</td>
              <td>
                <NumberText
                  label={say(task.name)}
                  text={formatExact(task.points, POINT_DECIMALS).replaceAll(",", "")}
                  suffix={tokenSymbol}
                  onText={(text) => {
                    const points = parseAmount(text, POINT_DECIMALS);
                    if (points === undefined) return false;
                    onBook({ ...book, tasks: tasks.with(index, { ...task, points: points.toString() }) });
                    return true;
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Everything there is, for who wants tiers, times, caps, referrals and guards. The gateway checks it when it is looked at. */
function AsText({ book, onBook }: Props) {
  const { t } = useTranslation("loyalty");
  const [text, setText] = useState(() => JSON.stringify(book, null, 2));
  const [isWrong, setWrong] = useState(false);
  return (
    <>
      <Input.TextArea
        className="loyalty-json"
        aria-label={t("rules.asText")}
        aria-invalid={isWrong}
        autoSize={{ minRows: 8, maxRows: 24 }}
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          try {
            onBook(JSON.parse(target.value) as RuleBook);
            setWrong(false);
          } catch {
            setWrong(true);
          }
        }}
      />
      {isWrong ? <p role="alert">{t("rules.noJson")}</p> : null}
    </>
  );
}
