/** The alliance over time: a few small pictures with their numbers, and all of them as a table. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { listOverviewDaysOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListOverviewDaysResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { CourseTable } from "./CourseTable.tsx";
import { CourseTile } from "./CourseTile.tsx";

export type OverviewDay = ListOverviewDaysResponse["items"][number];

const SPANS = [30, 90, 365] as const;
const SPAN_FIRST = 90;

export function Courses() {
  const { t } = useTranslation("overview");
  const [search, setSearch] = useSearchParams();
  const days = SPANS.find((span) => String(span) === search.get("days")) ?? SPAN_FIRST;
  const course = useQuery({
    ...listOverviewDaysOptions({ query: { days } }),
    // The days before the last one stay as they were while another span is fetched.
    placeholderData: (before) => before,
  });
  const choose = (span: number): void =>
    setSearch((before) => {
      before.set("days", String(span));
      return before;
    });
  const tools = (
    <>
      {SPANS.map((span) => (
        <button key={span} type="button" className="chip" aria-pressed={span === days} onClick={() => choose(span)}>
          {t("course.days", { count: span })}
        </button>
      ))}
      <CsvLink path={`/v1/overview/days.csv?days=${days}`} />
    </>
  );
  return (
    <Panel title={t("course.title")} tools={tools}>
      <QueryView query={course}>
        {({ items }) => (
          <>
            <div className="courses">
              <CourseTile days={items} field="outstandingFen" as="line" />
              <CourseTile days={items} field="issuedFen" as="bars" />
              <CourseTile days={items} field="redeemedFen" as="bars" />
              <CourseTile days={items} field="swaps" as="bars" />
              <CourseTile days={items} field="activeAccounts" as="bars" />
            </div>
            <CourseTable days={items} />
          </>
        )}
      </QueryView>
    </Panel>
  );
}
