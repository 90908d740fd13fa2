import { Decimal } from "decimal.js";
import { scopeOf } from "../chat/access.ts";
import { plain } from "../chat/wording.ts";
import type { Indicator } from "../domain/plan/pack.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Person } from "../store/people.ts";
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
