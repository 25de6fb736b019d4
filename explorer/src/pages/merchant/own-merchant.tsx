/** The merchant whose console this is, and which of its keys is at work: an owner's or a till's. */
import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { getMerchantOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Coverage, MerchantDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { useSession } from "../../api/session.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";

export interface OwnMerchant extends MerchantDetail {
  /** Its points; a merchant that is not admitted yet has no console. */
  readonly token: string;
  readonly coverage: Coverage;
  readonly isOwner: boolean;
}

const Context = createContext<OwnMerchant | undefined>(undefined);

/** Inside the console only. */
export function useOwnMerchant(): OwnMerchant {
  const merchant = use(Context);
  if (merchant === undefined) throw new Error("useOwnMerchant is for pages of the merchant console");
  return merchant;
}

export function OwnMerchantProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation("merchant");
  const { session } = useSession();
  const id = session?.merchantId;
  const merchant = useQuery({ ...getMerchantOptions({ path: { id: id ?? 0 } }), enabled: id !== undefined });
  if (id === undefined)
    return (
      <Page title={t("title")}>
        <NothingThere text={t("noMerchant")} />
      </Page>
    );
  return (
    <QueryView query={merchant}>
      {(found) => {
        const { token, coverage } = found;
        if (token === null || coverage === null)
          return (
            <Page title={found.legalName}>
              <NothingThere text={t("notAdmitted", { id: found.id })} />
            </Page>
          );
        const own = { ...found, token, coverage, isOwner: session?.role === "merchant" };
        return <Context value={own}>{children}</Context>;
      }}
    </QueryView>
  );
}
