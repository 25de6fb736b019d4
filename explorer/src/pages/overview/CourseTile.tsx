/** One course over time: its name, what it comes to, its picture, and from when to when. */
import { useTranslation } from "react-i18next";
import { Sparkline } from "../../parts/Sparkline.tsx";
import type { OverviewDay } from "./Courses.tsx";
import type { CourseField } from "./course-fields.ts";
import { heightOf, summaryOf, textOf } from "./course-fields.ts";

interface Props {
  readonly days: readonly OverviewDay[];
  readonly field: CourseField;
  readonly as: "line" | "bars";
}

export function CourseTile({ days, field, as }: Props) {
  const { t } = useTranslation("overview");
  const name = t(`course.${field}.name`);
  const summary = summaryOf(field, days);
  const first = days.at(0)?.day ?? "";
  const last = days.at(-1)?.day ?? "";
  return (
    <div className="course">
      <h3>{name}</h3>
      <p className="course-sum">
        <strong>{summary}</strong> <span className="soft">{t(`course.${field}.is`)}</span>
      </p>
      <Sparkline
        as={as}
        height={64}
        values={days.map((day) => heightOf(field, day))}
        titles={days.map((day) => `${day.day}: ${textOf(field, day[field])}`)}
        label={t("course.picture", { name, first, last, summary })}
      />
      <p className="course-span soft">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </div>
  );
}
