/** How the council decides: who votes, how many it takes, how long it all lasts, who can stop it. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Council } from "../../../../gateway/client/generated/types.gen.ts";
import { shortHex } from "../../format/address.ts";
import { formatDuration } from "../../format/duration.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { accountUrl, memberUrl } from "../../urls.ts";

export function CouncilRules({ council }: { council: Council }) {
  const { t, i18n } = useTranslation("council");
  const duration = (seconds: number): string => formatDuration(seconds, i18n.language);
  const { address, threshold, members, guardian, votingPeriodSeconds, graceSeconds, delays } = council;
  const facts = [
    [t("rules.threshold"), t("rules.ofMembers", { threshold, members: members.length })],
    [t("rules.votingPeriod"), duration(votingPeriodSeconds)],
    [t("rules.grace"), duration(graceSeconds)],
    [t("rules.guardian"), guardian === null ? t("rules.noGuardian") : <AddressLink address={guardian} />],
    [t("rules.contract"), <AddressLink address={address} />],
  ] as const;
  return (
    <div className="grid">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="facts-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <h3>{t("rules.members")}</h3>
        <ul className="plain-list">
          {members.map(({ id, name, representative }) => (
            <li key={id}>
              <Link to={memberUrl(id)}>{name}</Link>{" "}
              <Link className="hex" to={accountUrl(representative)} title={representative}>
                {shortHex(representative)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t("rules.delays")}</h3>
        <ul className="plain-list">
          {delays.map(({ role, delaySeconds }) => (
            <li key={role}>
              <code>{role}</code> <span className="soft">{duration(delaySeconds)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
