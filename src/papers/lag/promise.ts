import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { inEachPost } from "../../domain/posts.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Person } from "../../store/people.ts";
import type { Reader, Writer } from "../../store/store.ts";
import { LAGGING_WARNING, type LagWarning, lagLinesOf } from "./warning.ts";

/** The warning that a button belongs to, and the units that somebody answers to it for; refuses what is no more to be answered. */
export async function answering(
  key: string,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<{ paper: OfficialPaperRow; warning: LagWarning; units: readonly CandidateUnit[] } | Refusal> {
  const paper = await store.officialPapers.ofKey(LAGGING_WARNING, key);
  const warning = paper && (await store.officialPapers.version(paper.id, paper.version))?.facts;
  if (!paper || !warning) return refuse("stale-action", "这期滞后预警已撤回，请看“滞后”。", ["滞后"]);
  const facts = warning as LagWarning;
  const units = inEachPost(person)
    .filter(({ regionId, departmentId }) => regionId !== null || departmentId !== null)
    .map(({ regionId, departmentId }) => ({
      regionId: regionId === null ? null : office.heirOn(regionId, today).id,
      departmentId,
    }))
    .filter((unit) => lagLinesOf(facts.lines, unit, today, office).length > 0);
  if (units.length === 0) return refuse("forbidden", "这期滞后预警没有您单位的任务，不用答复。", ["滞后"]);
  return { paper, warning: facts, units };
}

/** What a unit may promise by: the ends of this month, of the next, and of the quarter, those that are still to come. */
export function promiseDates(today: Temporal.PlainDate): Temporal.PlainDate[] {
  const end = (date: Temporal.PlainDate) => date.with({ day: date.daysInMonth });
  const quarter = today.with({ day: 1, month: Math.ceil(today.month / 3) * 3 });
  const dates = [end(today), end(today.with({ day: 1 }).add({ months: 1 })), end(quarter)];
  return dates
    .filter((date) => Temporal.PlainDate.compare(date, today) > 0)
    .toSorted(Temporal.PlainDate.compare)
    .filter((date, i, all) => i === 0 || !date.equals(all[i - 1] as Temporal.PlainDate));
}

/** Writes a promise down for each unit that somebody answers for; the next warning holds them to it. */
export async function promiseCatchUp(
  { key, cause, on }: { key: string; cause: number; on: Temporal.PlainDate },
  person: Person,
  context: Context<Writer>,
): Promise<{ cause: string; units: readonly CandidateUnit[] } | Refusal> {
  const found = await answering(key, person, context);
  if (isRefusal(found)) return found;
  const { store, now, today } = context;
  const word = found.warning.causes[cause];
  if (word === undefined) return refuse("stale-action", "原因的选项有变化，请在最近一期预警上答复。");
  if (Temporal.PlainDate.compare(on, today) <= 0)
    return refuse("bad-date", `${longDate(on)}已到或已过，请写明天或以后的日期。`);
  for (const unit of found.units)
    await store.paperAnswers.promise(found.paper.id, unit, {
      cause: word,
      promised: on.toString(),
      answeredAt: now.epochMilliseconds,
      answeredBy: person.id,
    });
  return { cause: word, units: found.units };
}
