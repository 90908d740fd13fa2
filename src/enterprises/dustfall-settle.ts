import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { dueDate, type TermGiven } from "../domain/deadline-words.ts";
import { isEnd } from "../domain/issues/states.ts";
import { monthPeriod } from "../domain/months.ts";
import { onceEach, peopleOfRegion } from "../issues/audience.ts";
import { giveOut } from "../issues/create.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type DustfallTurn, lookAtDustfall } from "./dustfall-look.ts";
import { countyNotice, officeNotice, type ToldChange } from "./dustfall-notice.ts";
import { granters } from "./night-rights.ts";

/**
 * 降尘考核: what the counties' newest dustfall has changed, the checks of haulage that it makes tasks of, and the notices of
 * both: to each county its own, to the office and whoever grants permits one of all. In the caller's transaction.
 */
export async function settleDustfall(context: Context<Writer>): Promise<readonly SlotDelivery[]> {
  const changes: ToldChange[] = [];
  for (const change of await lookAtDustfall(context))
    changes.push({ ...change, issue: await haulageCheck(change, context) });
  if (changes.length === 0) return [];
  const deliveries: SlotDelivery[] = [];
  for (const change of changes) {
    const card = await countyNotice(change, context);
    const people = [
      ...(await peopleOfRegion("county-lead", change.region.id, context)),
      ...(await peopleOfRegion("county-liaison", change.region.id, context)),
    ];
    deliveries.push(...toEach(people, card));
  }
  const offices = await context.store.people.withRoles(["office"]);
  const grant = await granters(false, context);
  return [...deliveries, ...toEach([...offices, ...grant], officeNotice(changes, context))];
}

const toEach = (people: readonly Person[], card: Card): SlotDelivery[] =>
  onceEach(people).map((person) => ({
    to: { person },
    card,
    class: "card" as const,
  }));

/** 夜间运输集中整治 as an issue of the county; null where none is called for, or the one of before still stands. */
async function haulageCheck(
  { kind, region, standing: { month, value }, was, row }: DustfallTurn,
  context: Context<Writer>,
): Promise<Issue | null> {
  if (kind === "lifted" || kind === "corrected") return null;
  const { store, office, today } = context;
  const before = was?.issueId ? await store.issues.byId(was.issueId) : null;
  if (before !== null && !isEnd(before.state)) return null;
  const { days, category } = office.pack.settings.nightWork.haulage;
  const term: TermGiven = { n: days, unit: "working" };
  const date = office.calendar.addWorkingDays(today, days);
  const { issue } = await giveOut(
    {
      title: `${monthPeriod(month).label}降尘量${value.toFixed(1)}超标，集中整治夜间运输`,
      requirement: "查处夜间渣土车、散装物料车未密闭、抛洒滴漏和无证运输，反馈检查车次和查处情况。",
      source: "部门督查",
      level: "一般",
      category: category ?? null,
      regionId: region.id,
      due: dueDate({ date, term }),
    },
    null,
    context,
  );
  await store.nightPermits.retell(row, { issueId: issue.id });
  return issue;
}

/** Counties of which the month before has no sample at all, on the working day by which it should be there. */
export async function missingDustfall(context: Context<Writer>): Promise<readonly string[]> {
  const { store, office, today } = context;
  const { dustfallByWorkingDay } = office.pack.settings.nightWork;
  const due = office.calendar.nthWorkingDayOfMonth(today.toPlainYearMonth(), dustfallByWorkingDay);
  if (!due.equals(today)) return [];
  const month = today.toPlainYearMonth().subtract({ months: 1 }).toString();
  const samples = await store.dustfall.between(month, month);
  const there = new Set(samples.map(({ regionId }) => office.heirOn(regionId, today).id));
  return office
    .regionsOf({ to: today }, today)
    .filter(({ id }) => !there.has(id))
    .map(({ short }) => short);
}
