import type { Context } from "../../chat/command.ts";
import { isEnd, stateNames } from "../../domain/issues/states.ts";
import type { IssueColumn } from "../../intake/column-names.ts";
import { cleaned, faultOf, type IssueRow, readIssueLedger, rejectedIn } from "../../intake/issue-ledger.ts";
import type { Rejected } from "../../intake/refusal.ts";
import type { Term } from "../../intake/term.ts";
import { levels } from "../../issues/fields.ts";
import { SOURCES } from "../../issues/filter.ts";
import { usualDue } from "../../issues/terms.ts";
import { initialsOf } from "../../office/names.ts";
import type { Issue } from "../../store/issues.ts";
import type { Writer } from "../../store/store.ts";
import type { Prepare } from "../prepared.ts";
import { enterIssues } from "./ledger/enter-issues.ts";
import { type ImportKeys, importKeys } from "./ledger/import-key.ts";
import type { Correctable, Correction, Plan } from "./ledger/plan.ts";
import { regionOfRow } from "./ledger/region-of-row.ts";

/**
 * An office's ledger of issues. A row whose number or content is known already is that issue: what describes it may be
 * corrected while it is under way; who has to mend it and until when is changed by steps of the loop only.
 */
export const issueLedger: Prepare = async (sheets, by, context) => {
  const { office, names, now, today } = context;
  const ours = new RegExp(`^${initialsOf(office.city.short)}-\\d{4}-\\d{6}$`);
  const { rows, rejected } = readIssueLedger(sheets, {
    region: (name, date) => regionOfRow(name, date, { office, names })?.id ?? null,
    department: (name) => names.department(name)?.id ?? null,
    isOurs: (no) => ours.test(no),
    ...knownTo(context),
    now: office.local(now).toPlainDateTime(),
  });
  const plans: Plan[] = [];
  for (const row of rows) {
    const judged = await judgeRow(row, context);
    if (Array.isArray(judged)) rejected.push(...judged);
    else plans.push(judged);
  }
  // In the order of the file, whoever has found the fault.
  const sheetOf = new Map(sheets.map((sheet, at) => [sheet.name, at]));
  const order = (r: Rejected) => (sheetOf.get(r.sheet) ?? 0) * 1_000_000 + r.row;
  rejected.sort((a, b) => order(a) - order(b));
  return { rows: plans.length, rejected, enter: () => enterIssues(plans, by, { ...context, today }) };
};

async function judgeRow(row: IssueRow, context: Context<Writer>): Promise<Plan | Rejected[]> {
  const { store } = context;
  const keys = importKeys(row, context.office);
  if (row.no?.ours) {
    const issue = await store.issues.byNo(row.no.text);
    if (issue === null)
      return [rejectedIn(row.from, "no", `没有编号为${row.no.text}的问题；新问题请把编号留空，由系统编号`)];
    return against(issue, row, issue.importKey, context);
  }
  const issue =
    keys.within === null
      ? await store.issues.importedAs(keys.importKey)
      : await store.issues.importedWithin(keys.within);
  if (issue === null) return asNew(row, keys, context);
  // Whatever has become of it since: the row says what it said before.
  if (issue.importKey === keys.importKey) return { kind: "unchanged" };
  return against(issue, row, keys.importKey, context);
}

function asNew(row: IssueRow, keys: ImportKeys, { office, today }: Context<Writer>): Plan | Rejected[] {
  const day = row.assigned?.day ?? today;
  const { category, level, region } = row;
  const due =
    row.due === null
      ? usualDue({ category, level: level ?? "一般" }, office, day)
      : dueOf(row.due, day, office);
  if (due === null)
    return [
      rejectedIn(row.from, "due", `“${level}”问题没有默认期限，请填写整改时限，如 2020-12-31、10个工作日`),
    ];
  if (Temporal.PlainDate.compare(due, day) < 0)
    return [rejectedIn(row.from, "due", "整改时限早于交办时间，请核对")];
  if (due.since(day, { largestUnit: "years" }).years >= MOST_YEARS)
    return [rejectedIn(row.from, "due", `整改时限在交办${MOST_YEARS}年以后，请核对年份`)];
  if (region === null) throw new Error(`row ${row.from.row.line} of a new issue was read without its region`);
  return { kind: "new", row, region, due, keys };
}

/** Above this a year is mistyped. */
const MOST_YEARS = 3;

/** What a row says otherwise than the issue stands. */
function against(
  issue: Issue,
  row: IssueRow,
  importKey: string | null,
  context: Context<Writer>,
): Plan | Rejected[] {
  const { office, today } = context;
  const fixed: [IssueColumn | "county", string][] = [];
  const heir = (id: string) => office.heirOn(id, today).id;
  if (row.region !== null && heir(row.region) !== heir(issue.regionId))
    fixed.push(["county", STEPS_CHANGE_IT]);
  if (row.department !== null && (row.department === "none" ? null : row.department) !== issue.departmentId)
    fixed.push(["department", STEPS_CHANGE_IT]);
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(issue.assignedAt));
  const day = at.toPlainDate();
  if (row.due !== null && dueOf(row.due, row.assigned?.day ?? day, office).toString() !== issue.due)
    fixed.push(["due", STEPS_CHANGE_IT]);
  if (row.level !== null && row.level !== issue.level)
    fixed.push(["level", `现为“${issue.level}”，导入不改等级，请改回或留空`]);
  if (row.assigned !== null) {
    const { day: saidDay, time } = row.assigned;
    const sameTime =
      time === null || time.equals(at.toPlainTime().round({ smallestUnit: "minute", roundingMode: "floor" }));
    if (!saidDay.equals(day) || !sameTime)
      fixed.push(["assigned", "与现有问题的交办时间不同，导入不作更改，请改回或留空"]);
  }
  if (fixed.length > 0) return fixed.map(([column, reason]) => rejectedIn(row.from, column, reason));

  const { problem, town, place, category, source, batch } = row;
  const said = { title: problem, town, place, category, source, batch };
  const change = Object.fromEntries(
    Object.entries(said).filter(
      ([name, value]) => value !== null && value !== cleaned(issue[name as Correctable] ?? ""),
    ),
  ) as Correction;
  const faults = (Object.entries(change) as [Correctable, string][]).flatMap(([name, value]) => {
    const column = name === "title" ? "problem" : name;
    const ended = isEnd(issue.state) ? `${issue.no}${stateNames[issue.state]}，不能再更正` : null;
    const reason = ended ?? faultOf(column, value, knownTo(context));
    return reason === null ? [] : [rejectedIn(row.from, column, reason)];
  });
  if (faults.length > 0) return faults;
  if (Object.keys(change).length === 0) return { kind: "unchanged" };
  return { kind: "correction", issue, change, importKey };
}

const knownTo = ({ office }: Pick<Context<Writer>, "office">) => ({
  sources: Object.values(SOURCES),
  levels: Object.values(levels),
  categories: office.pack.settings.issues.categories.map((category) => category.name),
});

const STEPS_CHANGE_IT = "与现有问题不同，导入不作更改，请用改派/延期办理";

function dueOf(
  term: Term,
  from: Temporal.PlainDate,
  { calendar }: Context<Writer>["office"],
): Temporal.PlainDate {
  if (term.kind === "on") return term.date;
  return term.unit === "working"
    ? calendar.addWorkingDays(from, term.days)
    : calendar.dueAfterCalendarDays(from, term.days);
}
