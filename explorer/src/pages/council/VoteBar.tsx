/** How far the votes are: for, against, abstained of all that could vote, and where it is decided. */
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../../../gateway/client/generated/types.gen.ts";

type Props = Pick<Proposal, "tally" | "threshold" | "voters">;

export function VoteBar({ tally, threshold, voters }: Props) {
  const { t } = useTranslation("council");
  const share = (votes: number): string => `${voters === 0 ? 0 : (votes * 100) / voters}%`;
  return (
    <div className="vote-bar">
      <p className="vote-bar-words">
        {t("votes.tally", { ...tally, threshold, voters })}
        {tally.against + tally.abstain === 0 ? null : (
          <span className="soft"> · {t("votes.others", { against: tally.against, abstain: tally.abstain })}</span>
        )}
      </p>
      <div className="vote-bar-line" aria-hidden="true">
        <span data-support="for" style={{ width: share(tally.for) }} />
        <span data-support="against" style={{ width: share(tally.against) }} />
        <span data-support="abstain" style={{ width: share(tally.abstain) }} />
        <i style={{ left: share(threshold) }} />
      </div>
    </div>
  );
}
