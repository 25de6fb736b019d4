/** What an account is to the alliance: a merchant's key, a member's, a token. A customer's is none of it. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Panel } from "../../parts/Panel.tsx";
import { memberUrl, pointUrl } from "../../urls.ts";
import type { AccountProps } from "./AccountPage.tsx";

type Part = "controller" | "till" | "representative" | "node" | "pointToken";

export function AccountParts({ account }: AccountProps) {
  const { t } = useTranslation("accounts");
  const { parts, address } = account;
  if (parts.length === 0) return null;
  const nameOf = (part: string, id: number, name: string) => {
    if (part === "pointToken") return <Link to={pointUrl(address)}>{name}</Link>;
    if (part === "representative" || part === "node") return <Link to={memberUrl(id)}>{name}</Link>;
    return name;
  };
  return (
    <Panel title={t("parts.title")}>
      <dl className="facts">
        {parts.flatMap(({ part, id, name }) => [
          <dt key={`${part} ${id}`}>{t(`parts.${part as Part}`, part)}</dt>,
          <dd key={`${part} ${id} name`}>{nameOf(part, id, name)}</dd>,
        ])}
      </dl>
    </Panel>
  );
}
