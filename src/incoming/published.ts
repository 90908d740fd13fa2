import { contextOf, type Lantian } from "../bot/lantian.ts";
import { isRefusal } from "../chat/refusal.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { figureChanges } from "../domain/papers/figures.ts";
import { periodOf } from "../domain/period.ts";
import { aboutOf, kindOfPaper, noOf } from "../papers/kind-of.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { Writer } from "../store/store.ts";

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

/** The days that an import has changed: all of them lie within `touched`, and those that were corrected are named. */
type Changed = {
  touched: readonly [first: IsoDate, last: IsoDate] | null;
  correctedDates: ReadonlySet<IsoDate>;
};

/**
 * The issued papers that would have other figures now: each is asked again what it prints. One whose own period holds a
 * corrected day is named even where every printed figure stands; one that was corrected since is not, but the one that corrects it.
 */
export async function affectedBy(
  bot: Lantian,
  { touched, correctedDates }: Changed,
  store: Writer,
): Promise<Affected[]> {
  if (touched === null) return [];
  const [first, last] = touched;
  const dates = [...correctedDates];
  const affected: Affected[] = [];
  for (const { row, print } of await store.officialPapers.issuedSince(first)) {
    const { firstDay, lastDay, issuedAt } = row;
    const rests = print.restsOn.some(([from, to]) => from <= last && first <= to);
    const isOut = row.state === "issued" && issuedAt !== null;
    if (!isOut || !rests || kindOfPaper(row, bot.registry).passing) continue;
    const changes = await changesOf(bot, row, print, store);
    const isCorrected = dates.some((date) => firstDay <= date && date <= lastDay);
    if (!isCorrected && !changes?.length) continue;
    affected.push({
      ...{ no: noOf(row), number: row.number, job: row.kind, period: `${firstDay}..${lastDay}`, changes },
      title: kindOfPaper(row, bot.registry).title,
      publishedAt: bot.office
        .local(Temporal.Instant.fromEpochMilliseconds(issuedAt))
        .toString({ timeZoneName: "never" }),
    });
  }
  return affected;
}

async function changesOf(
  bot: Lantian,
  row: OfficialPaperRow,
  { figures }: PaperVersion,
  store: Writer,
): Promise<ChangedFigure[] | null> {
  if (figures === null) return null;
  const kind = kindOfPaper(row, bot.registry);
  const then = Temporal.Instant.fromEpochMilliseconds(row.issuedAt ?? row.draftedAt);
  const facts = await kind.facts(aboutOf(row), { ...(await contextOf(bot, { now: then })), store });
  const known = new Set(figures.map(({ of, figure }) => JSON.stringify([of, figure])));
  return figureChanges(figures, isRefusal(facts) ? [] : kind.printed(facts))
    .filter(({ of, figure }) => known.has(JSON.stringify([of, figure])))
    .map(({ of, figure, before, after }) => ({ of, figure, printed: before, now: after }));
}

/** Changed figures that the words name; the rest are counted. */
const NAMED = 6;

/** What a correction does to a notice, in a sentence. */
export function affectedWords({ no, title, period, changes }: Affected): string {
  const [from, to] = period.split("..").map((day) => Temporal.PlainDate.from(day));
  const label = from && to ? periodOf(from, to).label : period;
  const notice = `已发布的${title}（${label}）`;
  if (changes === null) return `${notice}用的是旧值，请考虑更正（发送“更正 ${no}”）。`;
  if (changes.length === 0) return `${notice}所依据的数据有更正，公布的数字不变。`;
  const named = changes
    .slice(0, NAMED)
    .map(({ of, figure, printed, now }) => `${of}${figure}：${printed}→${now}`);
  const more = changes.length > NAMED ? `等${changes.length}处` : "";
  return `${notice}用的是旧值，请考虑更正（发送“更正 ${no}”）：${named.join("；")}${more}。`;
}
