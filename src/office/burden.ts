import type { PersonId } from "../domain/ids.ts";
import type { Period } from "../domain/period.ts";
import { mondayOf } from "../domain/week.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Office } from "./office.ts";

/** What the bot asked of one person in a period. */
export type Burden = {
  person: Person;
  /** Messages that count against the limit: all of them, those of the fullest week, and by job (null: what a change caused). */
  counted: number;
  fullestWeek: number;
  byJob: ReadonlyMap<string | null, number>;
  /** Messages that nobody may wait for, and so don't count. */
  uncounted: number;
  /** Buttons pressed and phrases sent, and by what was asked. */
  taps: number;
  byAct: ReadonlyMap<string, number>;
};

/** How much the bot has asked of everybody in a period of the office's calendar, those with the fullest week first. */
export async function burdens(
  { from, to }: Pick<Period, "from" | "to">,
  { store, office }: { store: Reader; office: Office },
): Promise<Burden[]> {
  const { timeZone } = office.pack;
  const begins = from.toZonedDateTime({ timeZone }).epochMilliseconds;
  const ends = to.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
  const sent = Map.groupBy(await store.outbox.messagesWithin(begins, ends), ({ personId }) => personId);
  const acts = Map.groupBy(
    await store.activity.within(from.toString(), to.toString()),
    ({ personId }) => personId,
  );
  const weekOf = (at: number) =>
    mondayOf(office.local(Temporal.Instant.fromEpochMilliseconds(at)).toPlainDate()).toString();
  const found: Burden[] = [];
  for (const person of await store.people.all()) {
    const messages = sent.get(person.id as PersonId | null) ?? [];
    const counted = messages.filter(({ uncounted }) => uncounted === null);
    const done = (acts.get(person.id) ?? []).filter(({ what }) => what !== "read");
    const weeks = [...Map.groupBy(counted, ({ at }) => weekOf(at)).values()];
    found.push({
      person,
      counted: counted.length,
      fullestWeek: Math.max(0, ...weeks.map((week) => week.length)),
      byJob: sums(counted, ({ job }) => job),
      uncounted: messages.length - counted.length,
      taps: done.reduce((sum, { times }) => sum + times, 0),
      byAct: sums(
        done,
        ({ act }) => act,
        ({ times }) => times,
      ),
    });
  }
  return found.sort((a, b) => b.fullestWeek - a.fullestWeek || b.taps - a.taps || a.person.id - b.person.id);
}

/** How many of each key, the most first. */
function sums<T, K>(rows: readonly T[], key: (row: T) => K, n: (row: T) => number = () => 1): Map<K, number> {
  const found = new Map<K, number>();
  for (const row of rows) found.set(key(row), (found.get(key(row)) ?? 0) + n(row));
  return new Map([...found].sort((a, b) => b[1] - a[1]));
}
