import type { Context } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { DEADLINES } from "./ladder.ts";
import { isResponsible, relationTo } from "./relation.ts";
import hasten from "./steps/hasten.ts";

/** One time that the unit was urged: by hand or by the clock, and who of it got it. */
export type Urging = { at: EpochMs; how: string; to: readonly Person[] };

/**
 * Every time since it was given to its present unit that an issue's unit was urged, by what really reached it: 催办,
 * reminders, and the rungs of which its leads were told. What wasn't delivered doesn't count.
 */
export async function urgingOf(
  issue: Issue,
  { since, until }: { since: EpochMs; until: EpochMs },
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Urging[]> {
  const byHand = new Set(
    (await store.issues.history(issue.id)).filter((e) => e.step === hasten.id).map((e) => e.at),
  );
  const found = new Map<string, Urging & { to: Person[] }>();
  for (const sent of await store.sent.naming(issue.no, since, until)) {
    const isHastened = sent.job === null && byHand.has(sent.queuedAt);
    if (!isHastened && sent.job !== DEADLINES) continue;
    const person = await store.people.byId(sent.personId);
    if (person === null || !isResponsible(relationTo(issue, person, office, today))) continue;
    const how = isHastened ? hasten.words.name : whatOf(sent.title);
    const key = `${sent.queuedAt}/${how}`;
    const one = found.get(key) ?? { at: sent.sentAt, how, to: [] };
    if (!one.to.some(({ id }) => id === person.id)) one.to.push(person);
    found.set(key, one);
  }
  return [...found.values()];
}

/** 整改超期（报县区领导）：海安“…” says what it is about before the colon; a list says of how many. */
const whatOf = (title: string): string => (title.split("：")[0] ?? title).replace(/（\d+件）$/, "");
