import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Caption } from "../issues/caption.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { showExecution } from "./answer.ts";
import { ownOrder } from "./own-order.ts";
import { answersFor } from "./units.ts";

const MOST_WORDS = 300;

/**
 * A file that shows what a unit does in a running response: whatever a contact of an enterprise sends, and what a county or a
 * department sends with the name of one of its enterprises, or with 应急, beside it. Null where it is about something else.
 * In the caller's transaction.
 */
export async function settleExecution(
  evidence: Evidence,
  { no, words }: Caption,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal | null> {
  if (no !== null) return null;
  const [response] = await context.store.responses.running();
  const isContact = isOutsider(person);
  if (response === undefined) return isContact ? refuse("usage", "现在没有应急响应，文件没有保存。") : null;
  const own = await ownOrder(response, person, context);
  const order = isContact ? own : await orderMeant(own, words, person, context);
  if (order === null) return isContact ? refuse("usage", "这次响应没有您企业的措施，文件没有保存。") : null;
  const text = words.slice(0, MOST_WORDS);
  return showExecution(
    order.id,
    { evidenceId: evidence.id, ...(text === "" ? {} : { text }) },
    person,
    context,
  );
}

/** The enterprise that a caption names among those of somebody's county, or their own unit where it speaks of the response. */
async function orderMeant(
  own: ResponseOrder | null,
  words: string,
  person: Person,
  { store, office, today }: Context<Writer>,
): Promise<ResponseOrder | null> {
  if (own === null || words === "") return null;
  for (const one of own.regionId === null ? [] : await store.enterprises.listed(today.toString())) {
    if (!words.includes(one.name)) continue;
    const order = await store.responses.orderOf(own.responseId, own.round, `enterprise:${one.id}`);
    if (order !== null && answersFor(person, order, { office, today })) return order;
  }
  return /应急|响应|减排|削峰|演练/.test(words) ? own : null;
}
