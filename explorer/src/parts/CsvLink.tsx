/** Every list as a file: all rows, exact numbers. */
import { useTranslation } from "react-i18next";

/** `path`: the list's own address in the API, with its filters; the file is beside it. */
export function CsvLink({ path }: { path: `/v1/${string}` }) {
  const { t } = useTranslation();
  return (
    <a className="csv-link" href={path} download>
      {t("state.csv")}
    </a>
  );
}
