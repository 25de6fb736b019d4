/** What each role can do, and where it does it. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { homeUrl } from "../../urls.ts";

const ROLES = ["merchant", "till", "consumer", "member", "operator", "auditor", "regulator"] as const;

export function RoleList() {
  const { t } = useTranslation("session");
  return (
    <ul className="role-list">
      {ROLES.map((role) => (
        <li key={role}>
          <Link to={homeUrl(role)}>{t(`role.${role}.name`)}</Link>
          <span>{t(`role.${role}.can`)}</span>
        </li>
      ))}
    </ul>
  );
}
