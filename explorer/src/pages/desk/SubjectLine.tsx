/** What an alert or a case is about: merchant, token, account, where it has one. */
import { useTranslation } from "react-i18next";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { useMerchantName } from "./merchants.ts";

interface Props {
  readonly subject: {
    readonly merchantId: number | null;
    readonly token: string | null;
    readonly account: string | null;
  };
}

export function SubjectLine({ subject: { merchantId, token, account } }: Props) {
  const { t } = useTranslation("desk");
  return (
    <>
      {merchantId === null ? null : (
        <span>
          {t("subject.merchant")} <MerchantName id={merchantId} />
        </span>
      )}
      {token === null ? null : (
        <span>
          {t("subject.token")} <AddressLink address={token} isBrief />
        </span>
      )}
      {account === null ? null : (
        <span>
          {t("subject.account")} <AddressLink address={account} />
        </span>
      )}
    </>
  );
}

export function MerchantName({ id }: { id: number }) {
  const name = useMerchantName(id);
  return <>{name ?? `#${id}`}</>;
}
