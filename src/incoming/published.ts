import { contextOf, type Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { Schedule } from "../chat/command.ts";
import { slotDue } from "../chat/schedule.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { Publication } from "../store/publications.ts";
import type { Writer } from "../store/store.ts";

/** A figure that was printed and would be printed otherwise now. */
export type ChangedFigure = { of: string; figure: string; printed: string; now: string };

/** A notice that went out with figures of days that are others now, with the period that it was about. */
export type Affected = {
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
 * The notices of some jobs that went out with other figures than they would have now: each is asked again what it prints.
 * One whose own period holds a corrected day is named even where every printed figure stands.
 */
export async function affectedBy(
  bot: Lantian,
  jobs: readonly Schedule[],
  { touched, correctedDates }: Changed,
  store: Writer,
): Promise<Affected[]> {
  if (touched === null) return [];
  const [first, last] = touched;
  const dates = [...correctedDates];
  const affected: Affected[] = [];
  for (const publication of await store.publications.since(first)) {
    const { firstDay, lastDay, restsOn } = publication;
    const job = jobs.find(({ name }) => name === publication.job);
    if (job === undefined || !restsOn.some(([from, to]) => from <= last && first <= to)) continue;
    const changes = await changesOf(bot, job, publication, store);
    const isCorrected = dates.some((date) => firstDay <= date && date <= lastDay);
    if (!isCorrected && !changes?.length) continue;
    affected.push({
      job: job.name,
      title: publication.title,
      period: `${firstDay}..${lastDay}`,
      publishedAt: (await publishedAt(bot, job, publication)).toString({ timeZoneName: "never" }),
      changes,
    });
  }
  return affected;
}

async function changesOf(
  bot: Lantian,
  job: Schedule,
  { slot, figures }: Publication,
  store: Writer,
): Promise<ChangedFigure[] | null> {
  if (job.prints === undefined || figures === null) return null;
  const then = (await publishedAt(bot, job, { slot })).toInstant();
  const now = await job.prints(
    { at: timeOf(bot, slot) },
    { ...(await contextOf(bot, { now: then })), store },
  );
  const keyOf = ({ of, figure }: PrintedFigure) => `${of} ${figure}`;
  const current = new Map(now.map((figure) => [keyOf(figure), figure.value]));
  return figures.flatMap((printed) => {
    const value = current.get(keyOf(printed)) ?? "—";
    const { of, figure } = printed;
    return value === printed.value ? [] : [{ of, figure, printed: printed.value, now: value }];
  });
}

/** When a slot has gone out: later than planned where it fell on a day off. */
async function publishedAt(bot: Lantian, job: Schedule, { slot }: Pick<Publication, "slot">) {
  const at = timeOf(bot, slot);
  return slotDue(job, { at }, (await presentOffice(bot)).calendar) ?? at;
}

const timeOf = ({ office }: Lantian, slot: number) =>
  office.local(Temporal.Instant.fromEpochMilliseconds(slot));

/** Changed figures that the words name; the rest are counted. */
const NAMED = 6;

/** What a correction does to a notice, in a sentence. */
export function affectedWords({ title, period, changes }: Affected): string {
  const notice = `已发布的${title}（${period}）`;
  if (changes === null) return `${notice}用的是旧值，请考虑更正。`;
  if (changes.length === 0) return `${notice}所依据的数据有更正，公布的数字不变。`;
  const named = changes
    .slice(0, NAMED)
    .map(({ of, figure, printed, now }) => `${of}${figure}：${printed}→${now}`);
  const more = changes.length > NAMED ? `等${changes.length}处` : "";
  return `${notice}用的是旧值，请考虑更正：${named.join("；")}${more}。`;
}
