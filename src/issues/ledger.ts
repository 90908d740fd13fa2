import type { Context } from "../chat/command.ts";
import { removedWords } from "../chat/kept-paper.ts";
import { paper } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import { unknownYears } from "../domain/calendar.ts";
import type { EpochMs } from "../domain/ids.ts";
import { stateNames } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import { type LedgerRow, ledgerWorkbook } from "../output/ledger.ts";
import { XLSX } from "../output/spreadsheet.ts";
import type { Evidence } from "../store/evidence.ts";
import type { IssueUnit } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { unitWords } from "./facts.ts";
import { askedIssues, filterOf } from "./filter.ts";
import { helpedAs } from "./helped.ts";
import { byRound, roundName } from "./rounds.ts";
import submit from "./steps/submit.ts";

/** More rows than this nobody reads; the list can be narrowed. */
const MOST_ROWS = 5000;

/** 问题台账: a list of issues as the workbook that offices keep; it can be imported again and changes nothing. */
export const ledgerPaper = paper({
  name: "issues.ledger",
  params: askedIssues,
  async data({ params, person }, context) {
    const where = filterOf(params, person, context);
    if (isRefusal(where)) return where;
    const { rows, total } = await context.store.issues.list(where, MOST_ROWS);
    if (total > MOST_ROWS)
      return refuse("usage", `共${total}件，一次最多导出${MOST_ROWS}件，请加县区、状态或类别缩小范围。`);
    const helped = params.filter === "helping" ? null : helpedAs(where, person);
    const more = helped === null ? [] : (await context.store.issues.list(helped, MOST_ROWS - total)).rows;
    const all = [...rows, ...more.filter(({ id }) => !rows.some((row) => row.id === id))];
    return {
      rows: await ledgerRows(all, context),
      title: ledgerTitle(all, context),
      date: context.today.toString(),
    };
  },
  render: async ({ rows, title, date }, { marks }) => ({
    name: `问题台账-${date}.xlsx`,
    type: XLSX,
    bytes: await ledgerWorkbook(rows, title, marks),
  }),
});

/** 南通市大气污染防治问题台账（截至2020年6月15日，共9件）, with what is to be said of its deadlines. */
export function ledgerTitle(
  issues: readonly Issue[],
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): string {
  const unknown = unknownYears(
    office.calendar,
    issues.map(({ due }) => due),
  );
  const title = `${office.city.name}大气污染防治问题台账（截至${longDate(today)}，共${issues.length}件）`;
  return unknown === null ? title : `${title}　${unknown}`;
}

/** Issues as rows of the ledger. */
export async function ledgerRows(
  issues: readonly Issue[],
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<LedgerRow[]> {
  const ids = issues.map((issue) => issue.id);
  const photos = await store.evidence.namesOf(ids);
  const measures = await store.issues.lastTexts(ids, submit.id);
  const parts = await store.issueUnits.ofMany(ids);
  return issues.map((issue) => ({
    编号: issue.no,
    来源: issue.source,
    批次: issue.batch ?? "",
    // As it was named when it was given out, so that the row reads as the letter did.
    县区: issue.regionId === office.city.id ? "" : office.region(issue.regionId).short,
    属地镇街: issue.town ?? "",
    "点位/企业": issue.place ?? "",
    问题描述: issue.title,
    类别: issue.category ?? "",
    等级: issue.level,
    责任单位: unitWords(issue, office),
    协办单位: helpersOf(parts.get(issue.id) ?? [], office),
    整改要求: issue.requirement ?? "",
    交办时间: issue.state === "draft" ? "" : timeText(issue.assignedAt, office),
    整改时限: issue.due,
    状态: stateNames[issue.state],
    签收时间: timeText(issue.acknowledgedAt, office),
    整改措施: measures.get(issue.id) ?? "",
    销号时间: timeText(issue.closedAt, office),
    照片: listed(photos.get(issue.id) ?? [], issue, office),
  }));
}

/** Who helps, as it was named when it was asked to. */
function helpersOf(parts: readonly IssueUnit[], office: Office): string {
  return parts
    .filter(({ role }) => role === "helping")
    .map(({ departmentId, regionId, name }) =>
      departmentId !== null
        ? office.department(departmentId).name
        : regionId !== null
          ? office.region(regionId).short
          : name,
    )
    .join("、");
}

/** Names of pictures by their rounds, no longer than a cell of a table that is imported may be. */
function listed(
  files: readonly Pick<Evidence, "name" | "round" | "removedAt">[],
  issue: Issue,
  office: Office,
): string {
  const named = (one: (typeof files)[number]) =>
    [one.name, removedWords([one], office)].filter(Boolean).join("，");
  const all = byRound(files)
    .map(
      ({ round, files }) => `${issue.round > 1 ? `${roundName(round)}：` : ""}${files.map(named).join("；")}`,
    )
    .join("\n");
  return all.length <= MOST_NAMED ? all : `${all.slice(0, MOST_NAMED)}…等${files.length}张`;
}
const MOST_NAMED = 1000;

/** 2020-06-12 09:30 */
function timeText(at: EpochMs | null, office: Office): string {
  if (at === null) return "";
  const then = office.local(Temporal.Instant.fromEpochMilliseconds(at)).toPlainDateTime();
  return then.toString({ smallestUnit: "minute" }).replace("T", " ");
}
