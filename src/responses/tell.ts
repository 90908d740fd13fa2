import { setImmediate as breathe } from "node:timers/promises";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { EnterpriseId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { NewResponseOrder, ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { boardCard } from "./board.ts";
import { orderCard } from "./order-card.ts";
import { plannedOrders } from "./orders.ts";
import { contactsByEnterprise, peopleOfOrder } from "./units.ts";
import { RESPONSE_JOB, subjectOfOrder } from "./words.ts";

/** Rows of one statement, and cards drawn before others have their turn: reading goes on while a large response starts. */
const CHUNK = 50;

type Told = { key: string; title: string; line?: string };

/**
 * Each unit's order of the present round, kept and told to whoever speaks for it: `did` is what has happened. Who is exempt is told
 * that nothing is asked of them. In the caller's transaction. @returns the units.
 */
export async function giveOrders(
  response: ResponseRow,
  { key, did }: { key: string; did: string },
  context: Context<Writer>,
): Promise<ReadonlySet<string>> {
  const { store, now } = context;
  const planned = await plannedOrders(response, context);
  await breathe();
  const contacts = await contactsByEnterprise(
    planned.flatMap(({ enterpriseId }) => enterpriseId ?? []),
    context,
  );
  const at = now.epochMilliseconds;
  for (let from = 0; from < planned.length; from += CHUNK) {
    await breathe();
    const rows = planned.slice(from, from + CHUNK).map((order): NewResponseOrder => {
      const reaches = order.enterpriseId == null || contacts.has(order.enterpriseId);
      const toldAt = reaches && order.exempt === null ? at : null;
      return { ...order, responseId: response.id, round: response.round, toldAt };
    });
    for (const order of await store.responses.addOrders(rows))
      await tellOrder(
        order,
        response,
        { key, title: order.exempt === null ? `${did}，请签收` : `${did}：您单位豁免` },
        context,
        contacts,
      );
  }
  await breathe();
  return new Set(planned.map(({ unit }) => unit));
}

/** Tells whoever speaks for a unit what it is ordered, or that it is exempt. In the caller's transaction. */
export async function tellOrder(
  order: ResponseOrder,
  response: ResponseRow,
  { key, ...look }: Told,
  context: Context<Writer>,
  contacts?: ReadonlyMap<EnterpriseId, readonly Person[]>,
): Promise<void> {
  const people =
    order.enterpriseId !== null && contacts !== undefined
      ? (contacts.get(order.enterpriseId) ?? [])
      : await peopleOfOrder(order, context);
  const had = new Set<number>();
  for (const person of people) {
    if (had.has(person.id)) continue;
    had.add(person.id);
    await push(
      `${key}/${order.unit}/${person.id}`,
      person,
      await orderCard(order, response, person, context, look),
      context,
    );
  }
}

/** A message of a response: it comes at any hour, and counts against nobody's week. In the caller's transaction. */
export const push = (
  key: string,
  person: Pick<Person, "id">,
  card: Card,
  { store, now }: Context<Writer>,
): Promise<boolean> =>
  store.outbox.queue(
    {
      ...{ key: `${RESPONSE_JOB}/${key}`, to: { personId: person.id }, class: "must-arrive", card },
      ...{ job: RESPONSE_JOB, slot: now.epochMilliseconds, uncounted: "response" },
    },
    now.epochMilliseconds,
  );

/** Draws an order anew wherever it stands, each reader's newest. In the caller's transaction. */
export async function redrawOrder(
  order: ResponseOrder,
  response: ResponseRow,
  version: string,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const newest = new Map(
    (await store.outbox.showing(subjectOfOrder(order.id))).map((message) => [message.personId, message]),
  );
  for (const { id, personId } of newest.values()) {
    const person = personId === null ? null : await store.people.byId(personId);
    if (!person?.active) continue;
    const card = await orderCard(order, response, person, context);
    await store.outbox.queueEdit(
      { messageId: id, personId: person.id, card, version },
      now.epochMilliseconds,
    );
  }
}

const boardKey = (response: Pick<ResponseRow, "id">, person: Pick<Person, "id">) =>
  `${response.id}/board/${person.id}`;

/** The office gets one board of a response; it is drawn anew in place from then on. In the caller's transaction. */
export async function showBoard(response: ResponseRow, context: Context<Writer>): Promise<void> {
  for (const person of await context.store.people.withRoles(["office"]))
    await push(boardKey(response, person), person, await boardCard(response, person, context), context);
}

/** Draws the office's board anew where it stands. `version` tells this drawing from others. In the caller's transaction. */
export async function redrawBoard(
  response: ResponseRow,
  version: string,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const office = await store.people.withRoles(["office"]);
  const [first] = office;
  if (first === undefined) return;
  const card = await boardCard(response, first, context);
  for (const person of office)
    await store.outbox.redraw(
      `${RESPONSE_JOB}/${boardKey(response, person)}`,
      card,
      version,
      now.epochMilliseconds,
    );
}
