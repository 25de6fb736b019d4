/** The merchant's jobs, grouped; beside the page where there is room, above it on a phone. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { merchantPaths } from "../../urls.ts";
import { useOwnMerchant } from "./own-merchant.tsx";

type Job = keyof typeof merchantPaths;

/** `till`: a till's key may do it too. */
const GROUPS: readonly {
  readonly name: "points" | "exchange" | "loyalty" | "access";
  readonly jobs: readonly Job[];
}[] = [
  { name: "points", jobs: ["issue", "batch", "reverse", "scan", "redeem", "redemptions"] },
  { name: "exchange", jobs: ["prices", "reserves", "limits", "collateral", "liability"] },
  { name: "loyalty", jobs: ["rules", "goods", "offers", "loyaltyMembers", "objections"] },
  { name: "access", jobs: ["profile", "tills", "keys", "webhooks", "activity"] },
];
const TILLS_TOO: ReadonlySet<Job> = new Set([
  "issue",
  "batch",
  "reverse",
  "scan",
  "redeem",
  "redemptions",
  "activity",
  "loyaltyMembers",
  "objections",
]);

export function ConsoleMenu() {
  const { t } = useTranslation("merchant");
  const { legalName, tokenSymbol, isOwner } = useOwnMerchant();
  const [isOpen, setOpen] = useState(false);
  const linkTo = (job: Job) => (
    <NavLink key={job} to={merchantPaths[job]} end={job === "dashboard"} onClick={() => setOpen(false)}>
      {t(`nav.${job}`)}
    </NavLink>
  );
  return (
    <div className="console-side">
      <p className="console-who">
        <strong>{legalName}</strong>
        <span>
          {tokenSymbol} · {t(isOwner ? "role.owner" : "role.till")}
        </span>
      </p>
      <button
        type="button"
        className="nav-toggle"
        aria-expanded={isOpen}
        aria-controls="console-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">☰</span> {t("menu")}
      </button>
      <nav id="console-menu" className="console-menu" data-open={isOpen} aria-label={t("menu")}>
        {linkTo("dashboard")}
        {GROUPS.map(({ name, jobs }) => {
          const mine = isOwner ? jobs : jobs.filter((job) => TILLS_TOO.has(job));
          if (mine.length === 0) return null;
          return (
            <div key={name} role="group" aria-labelledby={`console-${name}`}>
              <span id={`console-${name}`} className="console-group">
                {t(`group.${name}`)}
              </span>
              {mine.map(linkTo)}
            </div>
          );
        })}
      </nav>
    </div>
  );
}
