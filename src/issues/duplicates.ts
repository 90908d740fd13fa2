import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { areWithin } from "../domain/distance.ts";
import type { EpochMs } from "../domain/ids.ts";
import { isSuspected, likeness, profileOf } from "../domain/issues/duplicates.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { stepButton } from "./step-button.ts";
import merge from "./steps/merge.ts";

const toIssue = says("问题");

/** An earlier issue that a new one may be the same as. */
export type Suspect = Pick<Issue, "id" | "no" | "title" | "assignedAt">;
type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** So many suspects of one issue are named, the likeliest first. */
const NAMED = 3;
/** So many earlier issues of its county one is compared with, the last ones before it: in a month no county has more. */
const COMPARED = 200;
const DAY_MS = 86_400_000;

/**
 * For each of some issues the earlier ones, not ended, that may be the same: same county with all that it was made of, given
 * out within so many days of it, same site (by name, or within so many metres) and matter. A draft without a county is looked for in all of them.
 * Of very many only the last ones before each are looked at, so that a long ledger takes time by its length.
 * @returns only issues that have suspects. Nothing is changed: a person decides.
 */
export async function suspectsAmong<I extends Issue>(
  issues: readonly I[],
  { store, office, today }: Around,
): Promise<{ issue: I; suspects: readonly Suspect[] }[]> {
  const { duplicateDays, duplicateMetres } = office.pack.settings.issues;
  const reach = duplicateDays * DAY_MS;
  const countyOf = ({ regionId }: Pick<Issue, "regionId">) => office.heirOn(regionId, today).id;
  const found: { issue: I; suspects: readonly Suspect[] }[] = [];
  for (const [county, mine] of Map.groupBy(issues, countyOf)) {
    const times = mine.map((issue) => issue.assignedAt);
    const [from, to] = times.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as [number, number]);
    const regions = county === office.city.id ? undefined : [...office.lineage(county), office.city.id];
    const others = (await store.issues.givenOutBetween(from - reach, to + reach, regions))
      .map((other) => ({ other, profile: profileOf(other) }))
      .toSorted((a, b) => a.other.id - b.other.id);
    for (const issue of mine) {
      const profile = profileOf(issue);
      const suspects = others
        .filter(({ other }) => other.id < issue.id && Math.abs(other.assignedAt - issue.assignedAt) <= reach)
        .slice(-COMPARED)
        .filter((candidate) =>
          isSuspected(
            profile,
            candidate.profile,
            areWithin(issue, candidate.other, duplicateMetres) === true,
          ),
        )
        .map((candidate) => ({ ...candidate, alike: likeness(profile, candidate.profile) }))
        .toSorted((a, b) => b.alike - a.alike)
        .slice(0, NAMED)
        .map(({ other }) => other);
      if (suspects.length > 0) found.push({ issue, suspects });
    }
  }
  return found.toSorted((a, b) => a.issue.id - b.issue.id);
}

/** A card of an issue that also names what it may repeat, with the buttons to look and to merge the newer into the older. */
export async function withSuspects(card: Card, issue: Issue, around: Around): Promise<Card> {
  const suspects = (await suspectsAmong([issue], around))[0]?.suspects ?? [];
  if (suspects.length === 0) return card;
  const on = (ms: EpochMs) =>
    shortDate(around.office.today(Temporal.Instant.fromEpochMilliseconds(ms)).toString());
  const words = suspects.map(({ no, title, assignedAt }) => `${no}（${on(assignedAt)}，${title}）`);
  return {
    ...card,
    blocks: [
      ...card.blocks,
      { kind: "text", tone: "notice", text: `疑似重复：${words.join("、")}。请核对，确属同一问题的可并案。` },
    ],
    buttons: [
      ...(card.buttons ?? []),
      ...suspects.flatMap(({ no }) => [lookButton(no), mergeButton(issue, no)]),
    ],
    facts: { ...card.facts, suspects: suspects.map(({ no }) => no) },
  };
}

export const lookButton = (no: string): Button => toIssue(`看 ${no}`, no);

/** Merges an issue into an older one; the form shows which, so that nobody merges by a slip of the finger. */
export function mergeButton(
  issue: Pick<Issue, "id" | "version">,
  into: string,
  label = `并入 ${into}`,
): Button {
  return stepButton(merge, { issue: issue.id, version: issue.version }, { label, values: { into } });
}
