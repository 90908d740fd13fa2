import type { Calendar } from "../calendar.ts";
import { withDigits } from "../chinese-number.ts";
import { readDeadline } from "../deadline-words.ts";
import type { DepartmentId, RegionId } from "../ids.ts";

/** The unit that sees to something: a county, a department, or a department within a county's matter. */
export type DecisionOwner = { regionId: RegionId | null; departmentId: DepartmentId | null };
/** A unit that a text names, and what it is called there. */
export type UnitNamed = DecisionOwner & { word: string };

/** A decision as it was read; what can't be told from its words is null and has to be asked. */
export type DecisionRead = DecisionOwner & {
  text: string;
  due: Temporal.PlainDate | null;
  /** What is lacking, in Chinese; empty where it can be given out. */
  lacks: readonly string[];
};

const DUE =
  /(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末)(?:之?前|以前|之?内|以内|为止)?|(?:\d{4}-\d{1,2}-\d{1,2})(?:之?前|以前)?|(?:(?:本|下个?)?(?:月|周|季度|年)[底末]|(?:本|下)?周[一二三四五六日]|\d{1,2}[日号]|\d{1,3}个?(?:工作日|天|周|月))(?:之?前|以前|之?内|以内)/g;
const LED = /(?:牵头|负责|主办|落实|办理|责任)/;
/** A bracket at the end that holds owner and date only: （海安，6月20日前）. */
const TAIL = /[（(]([^（）()]{1,40})[）)]$/;

/**
 * Reads a line of what was decided: what is to be done, who sees to it (由海安负责, 住建局牵头, the only unit that is named)
 * and until when (6月20日前, 月底前). Of several units or days none is chosen.
 */
export function readDecision(
  line: string,
  {
    today,
    calendar,
    unitsIn,
  }: { today: Temporal.PlainDate; calendar: Calendar; unitsIn(text: string): readonly UnitNamed[] },
): DecisionRead {
  const tail = TAIL.exec(line.trim())?.[1];
  const bare = tail === undefined ? "" : line.trim().replace(TAIL, "").trim();
  const onlySays = tail !== undefined && bare !== "" && onlyOwnerAndDate(tail, unitsIn(tail));
  const text = onlySays ? bare : line.trim();
  const said = onlySays ? (tail as string) : line;
  const days = daysIn(said, today, calendar);
  const [day] = days;
  const due = days.length === 1 && day !== undefined ? day : null;
  const owner = ownerOf(said, unitsIn);
  const isPast = due !== null && Temporal.PlainDate.compare(due, today) < 0;
  return {
    text,
    ...(owner.found ?? { regionId: null, departmentId: null }),
    due: isPast ? null : due,
    lacks: [
      ...(text.length < 2 ? ["没有写清内容"] : []),
      ...(owner.found === null
        ? [owner.several ? `写了几家单位（${owner.several}），没有写明由哪家负责` : "没有写明责任单位"]
        : []),
      ...(days.length > 1 ? ["写了几个日期，没有写明完成期限"] : []),
      ...(days.length === 0 ? ["没有写明完成期限"] : []),
      ...(isPast ? [`完成期限${due.month}月${due.day}日已过`] : []),
    ],
  };
}

/** A decision as a line that is read as the same one again. */
export function decisionLine(text: string, owner: string | null, due: Temporal.PlainDate | null): string {
  const says = [owner, due === null ? null : `${due}前`].filter((part) => part !== null);
  return says.length === 0 ? text : `${text}（${says.join("，")}）`;
}

function daysIn(said: string, today: Temporal.PlainDate, calendar: Calendar): Temporal.PlainDate[] {
  const found = [...withDigits(said.normalize("NFKC"), "年月日号个天周工").matchAll(DUE)].flatMap(
    ([word]) => {
      // 2020-06-20 may stand with a sign of its own behind it; 6月20日 alone is a day as well.
      const read = readDeadline(word, { today, calendar, atOnce: 0 });
      return read !== null && "date" in read ? [read.date] : [];
    },
  );
  return [...new Map(found.map((day) => [day.toString(), day])).values()];
}

/** The unit that a word of duty stands beside, or the only one that is named at all. */
function ownerOf(
  said: string,
  unitsIn: (text: string) => readonly UnitNamed[],
): { found: DecisionOwner | null; several?: string } {
  const clauses = said.split(/[，,。；;]/);
  const duty = clauses.filter((clause) => LED.test(clause)).flatMap((clause) => unitsIn(led(clause)));
  const named = duty.length > 0 ? duty : unitsIn(said);
  const regions = [...new Set(named.flatMap(({ regionId }) => regionId ?? []))];
  const departments = [...new Set(named.flatMap(({ departmentId }) => departmentId ?? []))];
  if (regions.length > 1 || departments.length > 1)
    return { found: null, several: named.map(({ word }) => word).join("、") };
  if (named.length === 0) return { found: null };
  return { found: { regionId: regions[0] ?? null, departmentId: departments[0] ?? null } };
}

/** 住建局牵头、城管局配合: who helps isn't who sees to it. */
const led = (clause: string): string =>
  clause
    .split("、")
    .filter((part) => !/配合|协助|协办/.test(part))
    .join("、");

/** Whether nothing is left of a bracket but units, days and the words of duty. */
function onlyOwnerAndDate(tail: string, units: readonly UnitNamed[]): boolean {
  const without = units.reduce((text, { word }) => text.replaceAll(word, ""), tail);
  return (
    withDigits(without, "年月日号个天周工")
      .replace(DUE, "")
      .replace(/牵头|负责|主办|落实|办理|责任单位|由|完成|[，,、:：；;\s]/g, "") === ""
  );
}
