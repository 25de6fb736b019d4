/** The same courses as numbers: days on which something happened, the last first. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OverviewDay } from "./Courses.tsx";
import { FIELDS, textOf } from "./course-fields.ts";

const happened = (day: OverviewDay): boolean =>
  FIELDS.some((field) => field !== "outstandingFen" && BigInt(day[field]) > 0n);

export function CourseTable({ days }: { readonly days: readonly OverviewDay[] }) {
  const { t } = useTranslation("overview");
  // A year of rows is drawn only for who wants to see it.
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="course-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("course.asTable")}</summary>
      {isOpen ? (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("course.asTable")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("course.day")}</th>
                {FIELDS.map((field) => (
                  <th key={field} scope="col" className="number">
                    {t(`course.${field}.name`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days
                .filter(happened)
                .toReversed()
                .map((day) => (
                  <tr key={day.day}>
                    <th scope="row" className="nowrap">
                      {day.day}
                    </th>
                    {FIELDS.map((field) => (
                      <td key={field} className="number">
                        {textOf(field, day[field])}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
