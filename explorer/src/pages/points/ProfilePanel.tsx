/** The merchant's profile: its words, and the outcome of the check that this browser made. */
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useProfile } from "../../api/profile.ts";
import type { CheckedProfile, ProfileDocument } from "../../api/profile.ts";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import type { PointProps } from "./PointPage.tsx";
import { sourceOf } from "./profile-source.ts";

type Part = "introduction" | "terms" | "note";

interface Props extends PointProps {
  readonly parts: readonly Part[];
  /** With the hashes themselves. */
  readonly isWhole?: boolean;
}

const TYPES = { match: "success", mismatch: "error", unreachable: "warning", elsewhere: "info" } as const;

export function ProfilePanel({ point, parts, isWhole = false }: Props) {
  const { t } = useTranslation("points");
  const profile = useProfile(sourceOf(point));
  return (
    <Panel title={t(isWhole ? "profile.title" : "profile.intro")}>
      <QueryView query={profile} rows={5}>
        {(checked) => (
          <>
            {checked.document === undefined ? null : <Words document={checked.document} parts={parts} />}
            <Outcome checked={checked} uri={point.issuer.profileUri} onRetry={() => void profile.refetch()} />
            {isWhole ? <Hashes checked={checked} uri={point.issuer.profileUri} /> : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function Words({ document, parts }: { document: ProfileDocument; parts: readonly Part[] }) {
  const { t, i18n } = useTranslation("points");
  const language = i18n.language === "en" ? "en" : "zh";
  const said = parts.flatMap((part) => {
    // In the other language rather than not at all.
    const text = document[part]?.[language] ?? document[part]?.zh ?? document[part]?.en;
    return typeof text === "string" ? [{ part, text }] : [];
  });
  return (
    <>
      {said.map(({ part, text }) => (
        <div key={part} className="profile-words">
          <h3>{t(`profile.${part}`)}</h3>
          <p className="wrap">{text}</p>
        </div>
      ))}
      <Website address={document.website} />
    </>
  );
}

/** Anything may stand in a profile: only web addresses become links. */
function Website({ address }: { address: unknown }) {
  if (typeof address !== "string" || !/^https?:\/\//.test(address)) return null;
  return (
    <p>
      <a href={address} rel="noreferrer noopener nofollow" target="_blank">
        {address}
      </a>
    </p>
  );
}

interface OutcomeProps {
  readonly checked: CheckedProfile;
  readonly uri: string;
  readonly onRetry: () => void;
}

function Outcome({ checked, uri, onRetry }: OutcomeProps) {
  const { t } = useTranslation("points");
  const { state, isFromChain } = checked;
  return (
    <Alert
      className="profile-outcome"
      data-state={state}
      type={TYPES[state]}
      showIcon
      title={t(`profile.states.${state}.title`)}
      description={
        <>
          {t(`profile.states.${state}.text`)} {isFromChain ? null : t("profile.indexed")}
          {state === "elsewhere" ? (
            <>
              {" "}
              <a href={uri} rel="noreferrer noopener nofollow" target="_blank">
                {uri}
              </a>
            </>
          ) : null}
        </>
      }
      action={state === "unreachable" ? <Button onClick={onRetry}>{t("profile.again")}</Button> : null}
    />
  );
}

function Hashes({ checked, uri }: Pick<OutcomeProps, "checked" | "uri">) {
  const { t } = useTranslation("points");
  return (
    <dl className="facts">
      <dt>{t("profile.uri")}</dt>
      <dd>
        <a href={uri} rel="noreferrer noopener nofollow" target="_blank">
          {uri}
        </a>
        {checked.bytes === undefined ? null : ` · ${t("profile.bytes", { count: checked.bytes })}`}
      </dd>
      <dt>{t(checked.isFromChain ? "profile.onChain" : "profile.inIndex")}</dt>
      <dd className="hex">{checked.expected}</dd>
      <dt>{t("profile.found")}</dt>
      <dd className="hex">{checked.found ?? "–"}</dd>
    </dl>
  );
}
