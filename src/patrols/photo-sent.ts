import type { Context } from "../chat/command.ts";
import { isUnused } from "../issues/attach.ts";
import { isPicture } from "../issues/papers.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** How long after a photo its sender may say what it showed. */
const WITHIN_MS = 60 * 60_000;

/** The photo that somebody has sent within the hour and that belongs to nothing yet. */
export async function photoJustSent(
  person: Pick<Person, "id">,
  { store, now }: Pick<Context<Reader>, "store" | "now">,
): Promise<Evidence | null> {
  const newest = await store.evidence.newestOf(person.id);
  const isFree =
    newest !== null &&
    isPicture(newest) &&
    now.epochMilliseconds - newest.at <= WITHIN_MS &&
    (await isUnused(newest, store));
  return isFree ? newest : null;
}
