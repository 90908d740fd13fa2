import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { figureChanges } from "../domain/papers/figures.ts";
import type { PaperSource } from "../domain/papers/sources.ts";
import { periodOf } from "../domain/period.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { whenIssued } from "./as-issued.ts";
import { aboutOf, kindOfPaper, noOf } from "./kind-of.ts";

const correcting = says("更正公文");

/** A figure that was printed and would be printed otherwise now. */
export type ChangedFigure = { of: string; figure: string; printed: string; now: string };

/** A paper that was issued with figures of days that are others now, with the period that it was about. */
export type Affected = {
  /** What it is called by in 文件 and 更正, and the number printed on it. */
  no: string;
  number: string | null;
  job: string;
  title: string;
  period: string;
  publishedAt: string;
  /** Empty where all of its figures stand; null where it went out before they were kept. */
  changes: readonly ChangedFigure[] | null;
};

/** Days whose figures are others now: all of them lie within `touched`, and those that were corrected are named. */
type Changed = {
  of: "air" | PaperSource;
  touched: readonly [first: IsoDate, last: IsoDate] | null;
  correctedDates: ReadonlySet<IsoDate>;
};

/**
 * The issued papers that would have other figures now: each is asked again what it prints. One that was corrected since is not
 * named, but the one that corrects it. Of the air new days count as well, and a paper whose own period holds a corrected day is
 * named even where every printed figure stands; of the rest only what was reported otherwise before: a report that comes late
 * makes no paper wrong.
 */
export async function affectedBy(
  { of, touched, correctedDates }: Changed,
  context: Context<Writer>,
): Promise<Affected[]> {
  const { store, office } = context;
  const dates = [...correctedDates].sort();
  const [first, last] = of === "air" ? (touched ?? []) : [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const since = Temporal.PlainDate.from(first).toZonedDateTime(office.pack.timeZone).epochMilliseconds;
  const affected: Affected[] = [];
  for (const { row, print } of await store.officialPapers.issuedSince(since)) {
    const { firstDay, lastDay, issuedAt } = row;
    const kind = kindOfPaper(row, context);
    const rests =
      of === "air"
        ? print.restsOn.some(([from, to]) => from <= last && first <= to)
        : kind.alsoRestsOn?.includes(of) === true;
    const isOut = row.state === "issued" && issuedAt !== null;
    if (!isOut || !rests || kind.passing) continue;
    const changes = await changesOf(row, print, context);
    const isCorrected = of === "air" && dates.some((date) => firstDay <= date && date <= lastDay);
    if (!isCorrected && !changes?.length) continue;
    affected.push({
      ...{ no: noOf(row), number: row.number, job: row.kind, period: `${firstDay}..${lastDay}`, changes },
      title: kind.title,
      publishedAt: office
        .local(Temporal.Instant.fromEpochMilliseconds(issuedAt))
        .toString({ timeZoneName: "never" }),
    });
  }
  return affected;
}

async function changesOf(
  row: OfficialPaperRow,
  { figures }: PaperVersion,
  context: Context<Writer>,
): Promise<ChangedFigure[] | null> {
  if (figures === null) return null;
  const kind = kindOfPaper(row, context);
  const facts = await kind.facts(aboutOf(row), whenIssued(row, context));
  const known = new Set(figures.map(({ of, figure }) => JSON.stringify([of, figure])));
  return figureChanges(figures, isRefusal(facts) ? [] : kind.printed(facts))
    .filter(({ of, figure }) => known.has(JSON.stringify([of, figure])))
    .map(({ of, figure, before, after }) => ({ of, figure, printed: before, now: after }));
}

/** Papers that a button offers to correct; the rest are named. */
const OFFERED = 4;

/** The buttons by which the office corrects them. */
export const correctButtons = (affected: readonly Affected[]) =>
  affected
    .filter(({ changes }) => changes !== null && changes.length > 0)
    .slice(0, OFFERED)
    .map(({ no }) => correcting(`更正${no}`, no));

/** Tells the office what somebody else has corrected: only the office corrects papers. */
export async function tellAffected(
  affected: readonly Affected[],
  by: Person | null,
  { store, now }: Context<Writer>,
): Promise<void> {
  const [first] = affected;
  if (first === undefined || by === null || holdsRole(by, "office")) return;
  const card: Card = {
    title: `${by.name}更正了数据，已发的文件有旧值：${affected.length}件`,
    tone: "notice",
    blocks: affected.map((one) => ({ kind: "text", text: affectedWords(one) })),
    buttons: correctButtons(affected),
    facts: { papers: affected.map(({ no }) => no) },
  };
  const at = now.epochMilliseconds;
  for (const { id: personId } of await store.people.withRoles(["office"]))
    await store.outbox.queue(
      {
        ...{ key: `papers-affected/${at}/${by.id}/${personId}`, to: { personId } },
        ...{ class: "card", card, job: first.job },
      },
      at,
    );
}

/** Changed figures that the words name; the rest are counted. */
const NAMED = 6;

/** What a correction does to a notice, in a sentence; `mayCorrect`: to the office, which is told of what others have corrected. */
export function affectedWords({ no, title, period, changes }: Affected, mayCorrect = true): string {
  const [from, to] = period.split("..").map((day) => Temporal.PlainDate.from(day));
  const label = from && to ? periodOf(from, to).label : period;
  const notice = `已发布的${title}（${label}）`;
  const todo = mayCorrect ? `请考虑更正（发送“更正 ${no}”）` : "已告知市办";
  if (changes === null) return `${notice}用的是旧值，${todo}。`;
  if (changes.length === 0) return `${notice}所依据的数据有更正，公布的数字不变。`;
  const named = changes
    .slice(0, NAMED)
    .map(({ of, figure, printed, now }) => `${of}${figure}：${printed}→${now}`);
  const more = changes.length > NAMED ? `等${changes.length}处` : "";
  return `${notice}用的是旧值，${todo}：${named.join("；")}${more}。`;
}
