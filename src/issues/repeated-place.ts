import type { Context } from "../chat/command.ts";
import { areWithin } from "../domain/distance.ts";
import { isSamePlace, profileOf } from "../domain/issues/duplicates.ts";
import type { GivenOut, Issue } from "../store/issues.ts";
import type { Reader, Writer } from "../store/store.ts";
import { propose } from "./tell.ts";

const DAY_MS = 86_400_000;

/** Issues of its county that were given out at its place within the pack's days before it, whatever has become of them. */
export async function earlierAtPlace(
  issue: Issue,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<GivenOut[]> {
  const { days, metres } = office.pack.settings.issues.repeatedPlace;
  const regions = office.lineage(office.heirOn(issue.regionId, today).id);
  const { assignedAt: to } = issue;
  const others = await store.issues.givenOutBetween(to - days * DAY_MS, to, regions, { ended: true });
  const profile = profileOf(issue);
  return others.filter(
    (other) =>
      other.id !== issue.id && (areWithin(issue, other, metres) ?? isSamePlace(profile, profileOf(other))),
  );
}

/** Proposes 挂牌督办 for what keeps coming back at one place: to the office's head, who decides. In the caller's transaction. */
export async function proposeForPlace(issue: Issue, context: Context<Writer>): Promise<void> {
  const { days, times } = context.office.pack.settings.issues.repeatedPlace;
  if (issue.supervisedAt !== null) return;
  const earlier = await earlierAtPlace(issue, context);
  if (earlier.length + 1 < times) return;
  const before = earlier.slice(-NAMED).map(({ no }) => no);
  await propose(issue, `${days}日内同一地点第${earlier.length + 1}件，前有${before.join("、")}`, context);
}

const NAMED = 3;
