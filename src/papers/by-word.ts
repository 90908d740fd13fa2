import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { seesToFor } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { PaperDeed } from "./act-on-paper.ts";
import { reviewCard, subjectOfReview } from "./ask.ts";
import { noOf } from "./kind-of.ts";
import { paperSeen } from "./sees.ts";
import { waitsFor } from "./waits-for.ts";

/**
 * What stands between a word and a check or signature: a word doesn't say which draft it means, so that whoever wasn't shown the
 * newest one sees it first, with the buttons. Null where they were.
 */
export async function shownBefore(
  id: number,
  act: PaperDeed["act"],
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal | null> {
  const row = await paperSeen(id, person, context);
  if (isRefusal(row)) return row;
  if ((act !== "check" && act !== "sign") || !isWaiting(row.state)) return null;
  if (waitsFor(row, context)?.act !== act) return null;
  const sent = await context.store.outbox.about({ subject: subjectOfReview(id) });
  const own = sent.filter(
    ({ row: { personId } }) => personId !== null && seesToFor(person).includes(personId),
  );
  const shown = own.map(({ row: { card } }) => JSON.parse(card).facts?.version);
  const drafted = (await context.store.officialPapers.acts(id)).filter(
    ({ act, personId }) => act === "draft" && personId === person.id,
  );
  if ([...shown, ...drafted.map(({ version }) => version)].includes(row.version)) return null;
  const card = await reviewCard(row, person, context);
  return { ...card, title: `请先看${noOf(row)}，再按按钮：${row.title}` };
}
