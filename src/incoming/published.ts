import type { Importing } from "../chat/import.ts";
import type { Schedule } from "../chat/schedule.ts";
import type { IsoDate } from "../domain/air/day.ts";

/** A notice that went out, with the period whose figures it gave. */
export type Published = { job: string; title: string; period: string; publishedAt: string };

/** A notice appears within this many days after the period that it publishes. */
const PUBLISHED_WITHIN_DAYS = 62;

/** The notices of some jobs, already sent, whose period holds one of the dates. */
export async function publishedWith(
  jobs: readonly Schedule[],
  dates: ReadonlySet<IsoDate>,
  { store, office }: Pick<Importing, "store" | "office">,
): Promise<Published[]> {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { timeZone } = office.pack;
  const ms = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  const from = ms(Temporal.PlainDate.from(first));
  const to = ms(Temporal.PlainDate.from(last).add({ days: PUBLISHED_WITHIN_DAYS }));
  const affected: Published[] = [];
  for (const job of jobs) {
    if (job.publishes === undefined) continue;
    for (const slot of await store.ledger.run(job.name, from, to)) {
      const at = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(timeZone);
      const period = job.publishes({ at });
      const [begins, ends] = [period.from.toString(), period.to.toString()];
      if (!sorted.some((date) => begins <= date && date <= ends)) continue;
      affected.push({
        job: job.name,
        title: job.title,
        period: `${begins}..${ends}`,
        publishedAt: at.toString({ timeZoneName: "never" }),
      });
    }
  }
  return affected;
}
