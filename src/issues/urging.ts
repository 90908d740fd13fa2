import type { Context } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import { CLOCK_KINDS, type ClockRule } from "../domain/issues/clock.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { RUNGS } from "./ladder.ts";
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
  for (const sent of await store.sent.about(issue, since, until)) {
    const how = sent.job === null && byHand.has(sent.queuedAt) ? hasten.words.name : urgedAs(sent.kind);
    if (how === null) continue;
    const person = await store.people.byId(sent.personId);
    if (person === null || !isResponsible(relationTo(issue, person, office, today))) continue;
    const key = `${sent.queuedAt}/${how}`;
    const one = found.get(key) ?? { at: sent.sentAt, how, to: [] };
    if (!one.to.some(({ id }) => id === person.id)) one.to.push(person);
    found.set(key, one);
  }
  return [...found.values()];
}

/** What the clock's entry says to a unit: a reminder to it, or a rung of which its leads hear; null of any other. */
function urgedAs(kind: string | null): string | null {
  const rule: ClockRule | undefined =
    kind === null ? undefined : (CLOCK_KINDS as Readonly<Record<string, ClockRule>>)[kind];
  if (rule?.class === "rung") return `${rule.says}（报${RUNGS[rule.rung].name}）`;
  return rule?.class === "reminder" && rule.to === "unit" ? rule.says : null;
}
