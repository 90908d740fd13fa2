import type { NamedUnit } from "../chat/args.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import { putOff } from "../domain/issues/phase.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import type { IssuePart, IssueUnit } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import {
  contradiction,
  isWorking,
  type PartsSaid,
  partsOf,
  ROLE_WORDS,
  sameUnit,
  unitName,
  unitNames,
} from "./parts.ts";

/** Who is to have a part from now on, beside those that have one, and who no longer. */
export type PartsChange = PartsSaid & {
  leaving?: readonly NamedUnit[] | undefined;
  /** From which of its towns and bureaus a county takes it back. */
  takenBack?: readonly Subunit[] | undefined;
  /** It is all that is to change, about units of this role: saying nothing is refused. */
  alone?: "helping" | "handed-down";
};
/** What comes of it: `moved` are units that help already and get another deadline. */
export type PartsPlan = {
  joining: readonly IssuePart[];
  moved: readonly IssueUnit[];
  leaving: readonly IssueUnit[];
  due: string | null;
};

/**
 * What a change of an issue's units comes to, `lead` being who answers for it from then on: a unit that answers helps no
 * longer. Nothing is written yet.
 */
export async function planParts(
  issue: Issue,
  lead: Pick<Issue, "regionId" | "departmentId">,
  { leaving = [], takenBack = [], alone, ...said }: PartsChange,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<PartsPlan | Refusal> {
  const around = { office, today };
  if (alone === "helping" && (said.helping ?? []).length + leaving.length === 0)
    return refuse("usage", "请写明增加哪些协办单位，或哪些单位不再协办，例如“住建局、城管局”。");
  if (alone === "handed-down" && (said.handedDown ?? []).length + takenBack.length === 0)
    return refuse("usage", "请写明转办给哪些镇街、部门，或收回哪些单位，例如“住建局”。");
  const term = alone === "handed-down" ? "办理期限" : "协办期限";
  const present = await store.issueUnits.of(issue.id);
  const answers = { regionIds: [lead.regionId], departmentId: lead.departmentId };
  if (said.helpBy !== undefined && said.helpBy.toString() > issue.due)
    return refuse("bad-date", `${term}不能晚于整改期限${shortDate(issue.due)}，请改写或留空。`);
  if (said.helpBy !== undefined && Temporal.PlainDate.compare(said.helpBy, today) < 0)
    return refuse("bad-date", `${term}已经过去，请写今天以后的日期，例如“5个工作日”。`);
  const wanted = partsOf(said, answers, around);
  if (isRefusal(wanted)) return wanted;
  const named = partsOf({ helping: leaving }, { regionIds: [], departmentId: null }, around);
  if (isRefusal(named)) return named;
  const down = partsOf({ handedDown: takenBack }, answers, around);
  if (isRefusal(down)) return down;
  named.push(...down);
  const working = present.filter(isWorking);
  const stranger = named.find((part) => !working.some((other) => sameUnit(other, part)));
  if (stranger !== undefined) {
    const word = ROLE_WORDS[stranger.role];
    const now = unitNames(working, stranger.role, around).join("、") || "无";
    return refuse(
      "usage",
      `${unitName(stranger, around)}不是这件问题的${word}单位，现有${word}单位：${now}。`,
    );
  }
  const torn = named.find((part) => wanted.some((other) => sameUnit(other, part)));
  if (torn !== undefined)
    return refuse("usage", `${unitName(torn, around)}同时写在增加和减少的单位里，请去掉其中一个。`);
  const inVain = present.filter((unit) => contradiction(unit, [], answers, around) !== null);
  const replaced = present.filter((unit) =>
    wanted.some((part) => part.role !== unit.role && sameUnit(part, unit)),
  );
  return {
    joining: wanted.filter(
      (part) => !present.some((unit) => unit.role === part.role && sameUnit(unit, part)),
    ),
    moved: present.filter((unit) => wanted.some((part) => part.role === unit.role && sameUnit(part, unit))),
    leaving: [
      ...new Set([...inVain, ...replaced, ...working.filter((unit) => named.some((p) => sameUnit(p, unit)))]),
    ],
    due: said.helpBy?.toString() ?? null,
  };
}

/** The days of a suspension count for nobody: those who help by a day of their own get them back, too. */
export async function giveDaysBack(
  before: Issue,
  after: Issue,
  { store, office: { calendar }, today }: Pick<Context<Writer>, "store" | "office" | "today">,
): Promise<void> {
  const isBack = before.state === "suspended" && before.firstDue !== after.firstDue;
  const later = isBack ? putOff(before, { today: today.toString(), calendar }) : null;
  if (later === null) return;
  for (const { id, due } of await store.issueUnits.of(after.id))
    if (due !== null)
      await store.issueUnits.setDue([id], calendar.dueAfterCalendarDays(later(due), 0).toString());
}

/** Writes it down, in the caller's transaction. */
export async function settleParts(
  issue: Issue,
  { joining, moved, leaving, due }: PartsPlan,
  person: Person | null,
  { store, now }: Context<Writer>,
): Promise<void> {
  const by = { at: now.epochMilliseconds, personId: person?.id ?? null };
  await store.issueUnits.remove(
    leaving.map(({ id }) => id),
    by,
  );
  await store.issueUnits.add(issue.id, joining, by);
  await store.issueUnits.setDue(
    moved.map(({ id }) => id),
    due,
  );
}
