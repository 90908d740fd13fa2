import { type Faults, fault, type Importing } from "../../../chat/import.ts";
import { isEnd, stateNames } from "../../../domain/issues/states.ts";
import type { CellFault } from "../../../domain/reading.ts";
import { cleaned } from "../../../intake/cells.ts";
import { endOf, type WrittenTime } from "../../../intake/term.ts";
import { contradiction, sameUnit } from "../../../issues/parts.ts";
import { usualDue } from "../../../issues/terms.ts";
import type { IssuePart, IssueUnit } from "../../../store/issue-units.ts";
import type { Issue } from "../../../store/issues.ts";
import { countingFrom, type DescribingColumn, faultOfValue, knownTo } from "./cells.ts";
import { type ImportKeys, importKeys } from "./import-key.ts";
import { departmentOf, type Helper, type IssueRow, unitWordsOf } from "./issue-row.ts";
import type { Correctable, Correction, Plan } from "./plan.ts";

/** What is to be done with a row, by the issue that it is known as; or what of it can't be taken in. */
export async function judgeRow(row: IssueRow, context: Importing): Promise<Plan | Faults<Column>> {
  const { store } = context;
  const keys = importKeys(row, context.office);
  if (row.no?.ours) {
    const issue = await store.issues.byNo(row.no.text);
    if (issue === null) return fault("no", `没有编号为${row.no.text}的问题；新问题请把编号留空，由系统编号`);
    return against(issue, row, issue.importKey, await store.issueUnits.of(issue.id), context);
  }
  const issue =
    keys.within === null
      ? await store.issues.importedAs(keys.importKey)
      : await store.issues.importedWithin(keys.within);
  if (issue === null) return asNew(row, keys, context);
  // Whatever has become of it since: the row says what it said before.
  if (issue.importKey === keys.importKey)
    return { kind: "unchanged", row, issue, over: isOverOnPaper(row, issue) };
  return against(issue, row, keys.importKey, await store.issueUnits.of(issue.id), context);
}

function asNew(row: IssueRow, keys: ImportKeys, { office, today }: Importing): Plan | Faults<Column> {
  const day = row.assigned?.day ?? today;
  const { category, level, region } = row;
  const closed = closingOf(row);
  if (closed !== null && "faults" in closed) return closed;
  const due =
    row.due === null
      ? { value: usualDue({ category, level: level ?? "一般" }, office, day) }
      : endOf(row.due, countingFrom(day, office));
  if ("reason" in due) return fault("due", due.reason);
  if (due.value === null)
    return fault("due", `“${level}”问题没有默认期限，请填写整改时限，如 2020-12-31、10个工作日`);
  if (Temporal.PlainDate.compare(due.value, day) < 0) return fault("due", "整改时限早于交办时间，请核对");
  if (due.value.since(day, { largestUnit: "years" }).years >= MOST_YEARS)
    return fault("due", `整改时限在交办${MOST_YEARS}年以后，请核对年份`);
  if (region === null) throw new Error(`the row of a new issue was read without its region: ${row.problem}`);
  const helping = helpingOf(row, region, { office, today });
  if ("faults" in helping) return helping;
  return { kind: "new", row, region, due: due.value, closed, helping, keys };
}

/** When a row says that its issue was closed; null while it isn't over. Without a day nobody could count it. */
function closingOf({ state, assigned, closed }: IssueRow): WrittenTime | Faults<Column> | null {
  if (state === "beside") return fault("state", "已作废、并案、移送等的问题不作导入，请删去这一行");
  if (state === "open" && closed !== null) return fault("closed", "写有销号时间，状态却没有销号，请核对");
  if (state !== "finished" && closed === null) return null;
  if (closed === null)
    return fault("closed", "已销号的请填写销号时间，按历史记录导入；还没销号的，状态写“整改中”");
  if (assigned === null) return fault("assigned", "已销号的请填写交办时间，按历史记录导入");
  if (Temporal.PlainDate.compare(closed.day, assigned.day) < 0)
    return fault("closed", "销号时间早于交办时间，请核对");
  return closed;
}

/** Columns that a row may be at fault in, whatever it says. */
type Column =
  | Exclude<keyof IssueRow, "region" | "department" | "categorySaid" | "repeats" | "progress">
  | "county";

/** Units that help as an issue has them, or why they can't beside the one that answers. */
export function helpingOf(
  row: IssueRow,
  region: string,
  around: Pick<Importing, "office" | "today">,
): readonly IssuePart[] | Faults<"helping"> {
  const lead = { regionIds: [region], departmentId: departmentOf(row) };
  const parts = (row.helping ?? []).map((unit): IssuePart => ({ ...unit, role: "helping", due: null }));
  for (const [i, part] of parts.entries()) {
    const why = contradiction(part, parts.slice(0, i), lead, around);
    if (why !== null) return fault("helping", why.replace(/。$/, ""));
  }
  return parts;
}

/** Above this a year is mistyped. */
const MOST_YEARS = 3;

/** What a row says otherwise than the issue stands. */
function against(
  issue: Issue,
  row: IssueRow,
  importKey: string | null,
  parts: readonly IssueUnit[],
  { office, today }: Importing,
): Plan | Faults<Column> {
  const fixed: CellFault<Column>[] = [];
  const fix = (column: Column, reason: string) => fixed.push({ column, reason });
  const heir = (id: string) => office.heirOn(id, today).id;
  if (row.region !== null && heir(row.region) !== heir(issue.regionId)) fix("county", STEPS_CHANGE_IT);
  const named = row.department ?? row.lead?.department ?? null;
  if (named !== null && departmentOf(row) !== issue.departmentId)
    fix(row.department === null ? "lead" : "unit", STEPS_CHANGE_IT);
  const helping = parts.filter(({ role }) => role === "helping");
  const isSame = (a: Helper, b: Helper) =>
    a.regionId !== null && b.regionId !== null ? heir(a.regionId) === heir(b.regionId) : sameUnit(a, b);
  const written = row.helping ?? [];
  if (row.helping !== null && written.length + helping.length > 0) {
    const agrees = (own: readonly Helper[], others: readonly Helper[]) =>
      own.every((a) => others.some((b) => isSame(a, b)));
    if (!agrees(written, helping) || !agrees(helping, written))
      fix("helping", "与现有问题的协办单位不同，导入不作更改，请打开问题用“调整协办”办理");
  }
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(issue.assignedAt));
  const day = at.toPlainDate();
  if (row.due !== null) {
    const due = endOf(row.due, countingFrom(row.assigned?.day ?? day, office));
    if ("reason" in due) fix("due", due.reason);
    else if (due.value.toString() !== issue.due) fix("due", STEPS_CHANGE_IT);
  }
  if (row.level !== null && row.level !== issue.level)
    fix("level", `现为“${issue.level}”，导入不改等级，请改回或留空`);
  if (row.assigned !== null) {
    const { day: saidDay, time } = row.assigned;
    const sameTime =
      time === null || time.equals(at.toPlainTime().round({ smallestUnit: "minute", roundingMode: "floor" }));
    if (!saidDay.equals(day) || !sameTime)
      fix("assigned", "与现有问题的交办时间不同，导入不作更改，请改回或留空");
  }
  if (fixed.length > 0) return { faults: fixed };

  const { problem, town, place, category, source, batch, requirement } = row;
  const described = { title: problem, town, place, category, source, batch, requirement };
  const said = { ...described, unitWords: unitWordsOf(row) };
  const change = Object.fromEntries(
    Object.entries(said).filter(
      ([name, value]) => value !== null && value !== cleaned(issue[name as Correctable] ?? ""),
    ),
  ) as Correction;
  const faults = (Object.entries(change) as [Correctable, string][]).flatMap(
    ([name, value]): CellFault<Column>[] => {
      const column = COLUMN_OF[name] ?? (name as DescribingColumn);
      const ended = isEnd(issue.state) ? `${issue.no}${stateNames[issue.state]}，不能再更正` : null;
      const reason = ended ?? faultOfValue(column, value, knownTo(office));
      return reason === null ? [] : [{ column, reason }];
    },
  );
  if (faults.length > 0) return { faults };
  const known = { row, issue, over: isOverOnPaper(row, issue) };
  if (Object.keys(change).length === 0) return { kind: "unchanged", ...known };
  return { kind: "correction", ...known, change, importKey };
}

const COLUMN_OF: Partial<Record<Correctable, DescribingColumn>> = {
  title: "problem",
  unitWords: "unit",
};

/** Closed on paper, and not here: that takes the steps of the loop. */
const isOverOnPaper = ({ state, closed }: IssueRow, issue: Issue) =>
  (state === "finished" || (state === null && closed !== null)) && !isEnd(issue.state);

const STEPS_CHANGE_IT = "与现有问题不同，导入不作更改，请用改派/延期办理";
