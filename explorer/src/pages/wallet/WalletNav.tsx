/** The ways of the wallet: a bar at the thumb on a phone, a row on top elsewhere. */
import {
  EnvironmentOutlined,
  GiftOutlined,
  HistoryOutlined,
  QrcodeOutlined,
  SwapOutlined,
  TrophyOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { walletPaths } from "../../urls.ts";

const WAYS = [
  ["home", WalletOutlined],
  ["swap", SwapOutlined],
  ["pay", QrcodeOutlined],
  ["goods", GiftOutlined],
  ["nearby", EnvironmentOutlined],
  ["draws", TrophyOutlined],
  ["history", HistoryOutlined],
] as const satisfies readonly (readonly [keyof typeof walletPaths, ComponentType])[];

export function WalletNav() {
  const { t } = useTranslation("purse");
  return (
    <nav className="wallet-nav" aria-label={t("nav.label")}>
      {WAYS.map(([name, Icon]) => (
        <NavLink key={name} to={walletPaths[name]} end={name === "home"}>
          <Icon aria-hidden="true" />
          <span>{t(`nav.${name}`)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
