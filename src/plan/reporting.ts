import { Decimal } from "decimal.js";
import { scopeOf } from "../chat/access.ts";
import { plain, shortDate } from "../chat/wording.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { cycleOn, cyclesOf } from "../domain/duties/cycles.ts";
import { periodLabel } from "../domain/period-label.ts";
import type { Indicator } from "../domain/plan/pack.ts";
import type { StandingDuty } from "../domain/plan/pack-duties.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { LatestProgress } from "../store/progress.ts";
import type { Reader } from "../store/store.ts";
import { reportedIn } from "./duty-turn.ts";
import type { Task } from "./tasks.ts";

/** The office reports anything, a lead department the city's totals, a county its own share. */
export const mayReport = (person: Person, task: Task, office: Office, today: Temporal.PlainDate): boolean =>
  inEachPost(person).some((post) => mayReportIn(post, task, office, today));

function mayReportIn(person: Person, task: Task, office: Office, today: Temporal.PlainDate): boolean {
  switch (person.role) {
    case "office":
      return true;
    case "department-liaison":
      return task.region === null && task.measure.lead.includes(person.departmentId ?? "");
    case "county-lead":
    case "county-liaison":
      return task.region !== null && (scopeOf(person, office, today) ?? []).includes(task.region.id);
    default:
      return false;
  }
}

/** What somebody reports next; of what the bot knows by itself, and of what is over, nothing is asked. */
export const isAsked = ({ duty }: Task): boolean => duty === null || duty.asked !== null;

/** Why a report of a day can't be, in Chinese, and how to mend it; null when it can. `newest`: the report that counts so far. */
export function wrongReportDay(
  { duty }: Task,
  day: IsoDate,
  newest: IsoDate | null,
  office: Office,
): string | null {
  if (duty !== null && cycleOn(cyclesOf(duty.duty, office.pack), day) === null)
    return `这项工作只在${daysOfDuty(duty.duty, office)}填报，${shortDate(day)}不在其内，请改日期。`;
  return newest !== null && day < newest ? `已有${shortDate(newest)}的填报，截止日期不能更早。` : null;
}

/** 2020年10月1日至2021年3月31日: all the days on which there is something to report of a duty. */
function daysOfDuty(duty: StandingDuty, { pack }: Office): string {
  const cycles = cyclesOf(duty, pack);
  const [from, to] = [cycles[0]?.from, cycles.at(-1)?.to].map((day = `${pack.year}-01-01`) =>
    Temporal.PlainDate.from(day),
  ) as [Temporal.PlainDate, Temporal.PlainDate];
  return periodLabel(from, to);
}

/** Whether two days are of one cycle; those of what doesn't come again are. */
export function isSameTurn({ duty }: Task, one: IsoDate, other: IsoDate, { pack }: Office): boolean {
  if (duty === null) return true;
  const cycles = cyclesOf(duty.duty, pack);
  return cycleOn(cycles, one) === cycleOn(cycles, other);
}

/** The report that counts so far for a day: where the task comes again, of that day's cycle. */
export async function countingOn(
  task: Task,
  day: IsoDate,
  around: { store: Reader; office: Office; today: Temporal.PlainDate },
): Promise<Pick<LatestProgress, "value" | "date"> | null> {
  if (task.duty === null) {
    const { standing, reportedOn } = task;
    return standing.actual && reportedOn ? { value: standing.actual.toString(), date: reportedOn } : null;
  }
  const cycle = cycleOn(cyclesOf(task.duty.duty, around.office.pack), day);
  return cycle && reportedIn(cycle, task, around);
}

/** Who delivers a task has to report it; the office may, and waits for it. */
export const owesReport = (person: Person, task: Task, office: Office, today: Temporal.PlainDate): boolean =>
  inEachPost(person).some((post) => post.role !== "office" && mayReportIn(post, task, office, today));

/** Why a figure can't be what is reached of an indicator, and how to mend it; null when it can. */
export function outOfRange(indicator: Indicator, value: string): string | null {
  const number = new Decimal(value);
  if (number.lt(0)) return "完成值不能是负数，请核对后重填。";
  if (
    indicator.kind === "share" &&
    indicator.unit === "%" &&
    indicator.baselineYear === undefined &&
    number.gt(100)
  )
    return `完成值是百分比，应在0至100之间，您填了${plain(value)}。`;
  if (indicator.kind === "count" && !number.isInteger() && /[项个台套辆批艘次座站]/.test(indicator.unit))
    return `单位是“${indicator.unit}”，请填整数，您填了${plain(value)}。`;
  // Ten times the target is nearly always a slip of the unit (平方米 for 万平方米).
  if (number.gt(new Decimal(indicator.value).times(10)) && new Decimal(indicator.value).gt(1))
    return `${plain(value)}${indicator.unit}超过目标（${plain(indicator.value)}${indicator.unit}）的10倍，请核对单位。`;
  return null;
}

/** Whether a figure is less than what was reached before, which nobody reports without a reason. */
export function isDecrease({ direction }: Indicator, before: Decimal | string, value: string): boolean {
  return direction === "at-least" && new Decimal(value).lt(before);
}
