/** Who voted how, and who has not yet. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Proposal, Vote } from "../../../../gateway/client/generated/types.gen.ts";
import { TimeText } from "../../parts/TimeText.tsx";
import type { Tone } from "../../parts/ToneTag.tsx";
import { ToneTag } from "../../parts/ToneTag.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { memberUrl } from "../../urls.ts";

const TONES: Readonly<Record<Vote["support"], Tone>> = { for: "good", against: "bad", abstain: "plain" };

type Props = Pick<Proposal, "votes" | "notVoted"> & { readonly isOpen: boolean };

export function VoteTable({ votes, notVoted, isOpen }: Props) {
  const { t } = useTranslation("council");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("votes.title")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("votes.member")}</th>
            <th scope="col">{t("votes.vote")}</th>
            <th scope="col">{t("votes.reason")}</th>
            <th scope="col">{t("votes.when")}</th>
            <th scope="col">{t("votes.transaction")}</th>
          </tr>
        </thead>
        <tbody>
          {votes.map(({ memberId, memberName, support, reason, timestamp, transactionHash }) => (
            <tr key={memberId} data-member={memberId} data-support={support}>
              <td>
                <Link to={memberUrl(memberId)}>{memberName}</Link>
              </td>
              <td>
                <ToneTag tone={TONES[support]}>{t(`support.${support}`)}</ToneTag>
              </td>
              <td className="wrap">{reason}</td>
              <td>
                <TimeText seconds={timestamp} />
              </td>
              <td>
                <TransactionLink hash={transactionHash} />
              </td>
            </tr>
          ))}
          {notVoted.map(({ id, name }) => (
            <tr key={id} data-member={id}>
              <td>
                <Link to={memberUrl(id)}>{name}</Link>
              </td>
              <td className="soft" colSpan={4}>
                {t(isOpen ? "votes.notYet" : "votes.never")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
