import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { RESPONSE_DUE } from "../domain/responses/terms.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { infoCard } from "./info-card.ts";
import { push, redrawBoard } from "./tell.ts";
import { eachWithPeople, orderedUnitWord } from "./units.ts";
import { drillMark, momentWords, responseName, shortName } from "./words.ts";

type Ending = { why: string; by: Person | null };

/**
 * 解除: nothing of it falls due any more but the summary, and everybody who was told of it is told that it is over, also who
 * hasn't answered. In the caller's transaction.
 */
export async function endResponse(
  response: ResponseRow,
  { why, by }: Ending,
  context: Context<Writer>,
): Promise<ResponseRow | Refusal> {
  const { store, office, now, today } = context;
  const at = now.epochMilliseconds;
  const ending = { endedAt: at, endedBy: by?.id ?? null, endedWhy: why };
  if (!(await store.responses.end(response.id, ending)))
    return refuse("already-done", `${responseName(response)}已解除，不用重复办理。`, ["应急"]);
  const ended = { ...response, ...ending };
  await store.responses.dropDue(response.id, RESPONSE_DUE, at);
  const due = office.calendar.addWorkingDays(today, office.pack.settings.responses.summaryWorkingDays);
  const morning = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: office.pack.timeZone, plainTime: "09:00" }).epochMilliseconds;
  await store.responses.fallDue(response.id, response.round, [
    { kind: "draft-summary", at: morning(office.calendar.addWorkingDays(today, 1)) },
    { kind: "summary", at: morning(due) },
  ]);
  const orders = await store.responses.orders(response.id, response.round);
  const title = `${shortName({ ...response, drill: false })}解除`;
  await tellOver(orders, ended, { of: "end", title, since: at, because: why }, context);
  for (const person of await store.people.withRoles(["city-lead", "supervision"]))
    await push(
      `${response.id}/end/lead/${person.id}`,
      person,
      await infoCard(ended, `${responseName(response)}解除`, context),
      context,
    );
  await redrawBoard(ended, `end-${at}`, context);
  return ended;
}

/** Why a unit's measures are over: `of` tells this from other endings, `since` when they are. */
type Over = { of: string; title: string; since: EpochMs; because: string };

/** Whoever of a unit was ordered something is told that it is over; who is exempt was asked nothing. In the caller's transaction. */
export async function tellOver(
  given: readonly ResponseOrder[],
  response: ResponseRow,
  over: Over,
  context: Context<Writer>,
): Promise<void> {
  const orders = given.filter(({ exempt }) => exempt === null);
  for await (const [order, people] of eachWithPeople(orders, context)) {
    const card = await overCard(order, response, over, context);
    for (const id of new Set(people.map((person) => person.id)))
      await push(`${response.id}/${over.of}/${order.unit}/${id}`, { id }, card, context);
  }
}

async function overCard(
  order: ResponseOrder,
  response: ResponseRow,
  { title, since, because }: Over,
  context: Context<Writer>,
): Promise<Card> {
  const { office } = context;
  const word = await orderedUnitWord(order, context);
  return {
    title: `${drillMark(response)}${title}`,
    tone: response.drill ? "muted" : "good",
    blocks: [
      {
        kind: "text",
        text: `${drillMark(response)}${responseName({ ...response, drill: false })}（${response.documentNo}）：您单位的措施自${momentWords(since, office)}起解除，${order.enterpriseId === null ? "恢复日常管控" : "可恢复正常生产，污染物排放仍须达标"}。`,
      },
      {
        kind: "facts",
        items: [
          { label: "单位", value: word },
          { label: "依据", value: because },
          {
            label: "签收",
            value:
              order.acknowledgedAt === null
                ? "至解除未签收，列入评估"
                : momentWords(order.acknowledgedAt, office),
          },
        ],
      },
    ],
    facts: {
      response: response.id,
      drill: response.drill,
      unit: word,
      acknowledged: order.acknowledgedAt !== null,
    },
  };
}
