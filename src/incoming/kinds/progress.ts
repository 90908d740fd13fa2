import { column, type Faults, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import { plain, shortDate } from "../../chat/wording.ts";
import type { IsoDate } from "../../domain/air/day.ts";
import type { Indicator, Region } from "../../domain/plan/pack.ts";
import { isDecrease, isSameTurn, mayReport, wrongReportDay } from "../../plan/reporting.ts";
import { tasksOf } from "../../plan/tasks.ts";
import { COUNTY, county, day, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { dayTold } from "../told.ts";
import { namedIndicator, namedMeasure, value } from "./progress/cells.ts";

/** `value` null: nobody has filled it in, which is no report and never 0. */
type Row = {
  date: IsoDate;
  indicator: Indicator;
  county: string | null;
  value: string | null;
  note: string | null;
};
type Report = Row & { value: string };

/**
 * Progress of many indicators at once, as a department's monthly sheet has it. A row is what 填报 stores for one, under the
 * same conditions; another figure for the same day is a correction.
 */
export default importKind({
  id: "progress",
  title: "任务进度",
  who: ["office", "department-liaison", "county-lead", "county-liaison"],
  columns: {
    date: filled("日期 date 截止日期 填报日期 数据截止日期", day(2013), { date: "day", told: dayTold }),
    measure: column("措施 measure 措施编号 任务 任务编号", namedMeasure),
    indicator: filled("指标 indicator 指标名称 重点任务 任务指标", namedIndicator),
    county: column(COUNTY, county({ on: "date" })),
    value: column("完成值 value 累计完成 累计完成值 完成数", value),
    note: column("说明 note 备注 存在问题", plainText(500)),
  },
  needs: ["date", "indicator", "value"],
  // Each row is judged by what was reported before it.
  mostRows: 2000,
  row({ date, indicator, county, value, note }, { office }): Row | Faults<"date"> {
    const { year } = office.pack;
    if (date < `${year}-01-01`) return fault("date", `请填${year}年以内的日期`);
    return { date, indicator, county, value, note };
  },
  once: {
    key: ({ indicator, county, date }) => [indicator.id, county ?? "", date],
    differs: (a, b) => (a.value === b.value && a.note === b.note ? null : "value"),
    reason: "是同一指标同一天但内容不同",
  },
  judge: judgeRow,
  touches: "progress",
  async enter(rows: readonly Row[], file) {
    const filledIn = rows.filter((row): row is Report => row.value !== null);
    const empty = rows.length - filledIn.length;
    const entered = await enterReports(filledIn, file);
    if (empty === 0) return entered;
    const text = `有${empty}行没有填完成值，按未报处理，没有改动。`;
    return { ...entered, report: { blocks: [{ kind: "text", text }], facts: { notFilled: empty } } };
  },
});

async function judgeRow(
  row: Row,
  file: Importing,
): Promise<Row | Faults<"date" | "indicator" | "county" | "note">> {
  const { store, office, today, by } = file;
  const { indicator: of, county: placed, value: said, note, date } = row;
  const tasks = (await tasksOf(store, office, today, { measureNo: of.measure })).filter(
    (task) => task.indicator.id === of.id,
  );
  const outside = tasks[0] && wrongReportDay(tasks[0], date, null, office);
  if (outside) return fault("date", outside.replace(/。$/, ""));
  const region = placed === null ? null : office.heirOn(placed, today);
  const task = tasks.find((one) => one.region === region);
  if (task === undefined)
    return fault(
      "county",
      whyNobodys(
        region,
        tasks.map((one) => one.region),
      ),
    );
  if (by !== null && !mayReport(by, task, office, today)) {
    const lead = task.measure.lead.map((id) => office.department(id).short).join("、");
    return fault("indicator", `这项任务不由您填报，牵头部门是${lead}`);
  }
  if (said === null) return row;
  const dayBefore = Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
  const earlier = await store.progress.latest(of.id, placed, dayBefore);
  // What comes again each month begins anew with it.
  const before = earlier !== null && isSameTurn(task, earlier.date, date, office) ? earlier : null;
  if (before && note === null && isDecrease(of, before.value, said)) {
    const then = `${shortDate(before.date)}的${plain(before.value)}${of.unit}`;
    return fault("note", `完成值比${then}少，如属实，请在说明里写明原因`);
  }
  return row;
}

function whyNobodys(region: Region | null, shares: readonly (Region | null)[]): string {
  if (region === null) return `这项指标由${shares.map((r) => r?.short).join("、")}分别填报，请写明县区`;
  return shares.includes(null)
    ? `这项指标没有分解到${region.short}，全市的请把县区留空`
    : `这项指标没有分解到${region.short}`;
}

const enterReports = enterEach<Report>({
  subject: ({ indicator, county, date }) => `progress/${indicator.id}/${county ?? "city"}/${date}`,
  value: ({ value, note }) => [value, note],
  async known({ indicator, county, date, note }, store) {
    const [newest] = await store.progress.history(indicator.id, county, date, 1);
    if (newest?.date !== date) return undefined;
    // A sheet without a note takes none away.
    return [newest.value, note === null ? null : newest.note];
  },
  day: ({ date }) => date,
  put: ({ indicator, county, date, value, note }, { store, by, now }) =>
    store.progress.report({
      indicatorId: indicator.id,
      regionId: county,
      date,
      value,
      note,
      personId: by?.id ?? null,
      reportedAt: now.epochMilliseconds,
    }),
});
