/** The main ways. Plain links: they can be opened in a new tab, and every device knows them. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { paths } from "../urls.ts";

const PUBLIC = ["overview", "points", "exchange", "council", "members", "accounts", "blocks"] as const;
const CONSOLES = ["merchant", "wallet", "desk"] as const;

export function NavMenu() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const linkTo = (name: (typeof PUBLIC)[number] | (typeof CONSOLES)[number]) => (
    <NavLink key={name} to={paths[name]} end={name === "overview"} onClick={close}>
      {t(`shell.nav.${name}`)}
    </NavLink>
  );
  return (
    <>
      <button
        type="button"
        className="nav-toggle"
        aria-expanded={isOpen}
        aria-controls="main-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">☰</span> {t("shell.menu")}
      </button>
      <nav id="main-menu" className="nav-menu" data-open={isOpen} aria-label={t("shell.menu")}>
        {PUBLIC.map(linkTo)}
        <span className="nav-divider" aria-hidden="true" />
        {CONSOLES.map(linkTo)}
      </nav>
    </>
  );
}
