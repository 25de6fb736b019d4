/** Grey lines where a page will be. */
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

export function PageSkeleton() {
  // The words themselves may still be on their way.
  const { t, ready } = useTranslation("common", { useSuspense: false });
  return (
    <div aria-busy="true" aria-label={ready ? t("state.loading") : undefined} role="status">
      <Skeleton active title paragraph={{ rows: 8 }} />
    </div>
  );
}
