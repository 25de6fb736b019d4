/** Who made a block: the member whose node it was. A chain of one machine names nobody. */
import { useTranslation } from "react-i18next";
import { AddressLink } from "../../parts/AddressLink.tsx";

const NOBODY = /^0x0{40}$/;

export function MinerText({ address }: { readonly address: string }) {
  const { t } = useTranslation("chain");
  return NOBODY.test(address) ? <span className="soft">{t("block.noMiner")}</span> : <AddressLink address={address} />;
}
