/** A vote before it is cast: how, and why. It can not be changed afterwards, and says so. */
import { Button, Flex, Input, Radio } from "antd";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Vote } from "../../../../gateway/client/generated/types.gen.ts";

export interface Choice {
  readonly support: Vote["support"];
  /** Empty when none is given. */
  readonly reason: string;
}

interface Props {
  readonly isBusy: boolean;
  readonly submitWords: string;
  readonly onVote: (choice: Choice) => void;
  /** Another way to vote, beside the button. */
  readonly other?: (choice: Choice) => ReactNode;
}

const SUPPORTS = ["for", "against", "abstain"] as const;
/** As the API bounds it, in characters well below its bytes. */
const REASON_MAX = 1_000;

export function VoteForm({ isBusy, submitWords, onVote, other }: Props) {
  const { t } = useTranslation("council");
  const id = useId();
  const [support, setSupport] = useState<Vote["support"]>("for");
  const [reason, setReason] = useState("");
  const choice = { support, reason: reason.trim() };
  return (
    <form
      className="take-part"
      aria-label={t("part.vote")}
      onSubmit={(event) => {
        event.preventDefault();
        onVote(choice);
      }}
    >
      <Radio.Group
        aria-label={t("votes.vote")}
        optionType="button"
        buttonStyle="solid"
        value={support}
        options={SUPPORTS.map((value) => ({ value, label: t(`support.${value}`) }))}
        onChange={(event) => setSupport(event.target.value as Vote["support"])}
      />
      <div>
        <label htmlFor={id}>{t("part.reason")}</label>
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <Flex gap="small" wrap>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {submitWords}
        </Button>
        {other?.(choice)}
      </Flex>
      <p className="soft">{t("part.final")}</p>
    </form>
  );
}
