import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { orderFault, shownJustNow } from "../domain/responses/course.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader, Writer } from "../store/store.ts";
import { orderCard } from "./order-card.ts";
import { redrawBoard, redrawOrder } from "./tell.ts";
import { answersFor, behalfOf, isCountyOrder, orderedUnitWord, postOfUnit } from "./units.ts";
import { momentWords, responseName } from "./words.ts";

export type AskedOrder = { order: ResponseOrder; response: ResponseRow };

/** An order that somebody acts on, with its response, or why they can't. */
export async function orderFor(
  id: number,
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<AskedOrder | Refusal> {
  const { store } = context;
  const order = await store.responses.order(id);
  const response = order === null ? null : await store.responses.byId(order.responseId);
  if (order === null || response === null)
    return refuse("stale-action", "这条通知已失效，请发送“应急”。", ["应急"]);
  if (!answersFor(person, order, context))
    return refuse("forbidden", `您不是${await orderedUnitWord(order, context)}的人员，不能代为办理。`);
  const fault = orderFault(order, response);
  if (fault === null) return { order, response };
  const name = responseName(response);
  const said = {
    over: `${name}已解除，不用再办理。`,
    outdated: `响应已调整为${name}，请按新的通知办理：发送“应急”。`,
    exempt: "豁免企业不用签收和上报。",
  };
  return refuse("conflict", said[fault], ["应急"]);
}

/** 签收: once for a unit, whoever of it does; the board shows it at once. In the caller's transaction. */
export async function acknowledgeOrder(
  id: number,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const asked = await orderFor(id, person, context);
  if (isRefusal(asked)) return asked;
  const { order, response } = asked;
  const { store, now } = context;
  const at = now.epochMilliseconds;
  if (!(await store.responses.acknowledge(id, person.id, at))) {
    const by = order.acknowledgedBy === null ? null : await store.people.byId(order.acknowledgedBy);
    return refuse("already-done", `已由${by?.name ?? "本单位"}签收，不用重复办理。`, ["应急"]);
  }
  return told(
    { ...order, acknowledgedAt: at, acknowledgedBy: person.id },
    response,
    person,
    `ack-${id}`,
    context,
  );
}

/** What a unit shows of what it does; whoever shows something has acknowledged. In the caller's transaction. */
export async function showExecution(
  id: number,
  shown: { evidenceId?: number; reading?: number; text?: string },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const asked = await orderFor(id, person, context);
  if (isRefusal(asked)) return asked;
  const { order, response } = asked;
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const { evidenceId = null, reading = null, text = null } = shown;
  const earlier = await store.responses.executions([id]);
  // Another file is another thing shown, whatever is written below it.
  const same = evidenceId === null ? shownJustNow({ at, reading, text }, earlier) : undefined;
  if (same !== undefined)
    return refuse("already-done", `${momentWords(same.at, context.office)}已报同样的内容，不用重复提交。`, [
      "应急",
    ]);
  if (!(await store.responses.show({ orderId: id, at, personId: person.id, evidenceId, reading, text })))
    return refuse("already-done", "这个文件已经收到，不用重复发送。");
  const isFirst = await store.responses.acknowledge(id, person.id, at);
  const next = {
    ...order,
    executedAt: order.executedAt ?? at,
    ...(isFirst ? { acknowledgedAt: at, acknowledgedBy: person.id } : {}),
  };
  const card = await told(next, response, person, `show-${id}-${earlier.length + 1}`, context);
  return { ...card, audit: { ...card.audit, reading, text, evidence: evidenceId } };
}

/** 已通知无联系人企业: a county has told those of its enterprises that nobody speaks for here. In the caller's transaction. */
export async function relayOrders(
  id: number,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const asked = await orderFor(id, person, context);
  if (isRefusal(asked)) return asked;
  const { order, response } = asked;
  const { store, now } = context;
  if (!isCountyOrder(order)) return refuse("forbidden", "只有县（市、区）代没有联系人的企业登记。");
  const at = now.epochMilliseconds;
  const n = await store.responses.relay(response.id, response.round, [order.regionId], { by: person.id, at });
  if (n === 0) return refuse("already-done", "没有要登记的企业，不用重复办理。", ["应急"]);
  const card = await told(order, response, person, `relay-${id}-${at}`, context);
  return { ...card, title: `已登记电话通知${n}家企业`, audit: { ...card.audit, relayed: n } };
}

/** The order as it stands now, on every card that shows it and on the office's board. */
async function told(
  order: ResponseOrder,
  response: ResponseRow,
  person: Person,
  version: string,
  context: Context<Writer>,
): Promise<Card> {
  await redrawOrder(order, response, version, context);
  await redrawBoard(response, version, context);
  const card = await orderCard(order, response, person, context);
  const audit = { response: response.id, unit: order.unit, round: order.round, drill: response.drill };
  return { ...card, audit, ...behalfOf(postOfUnit(person, order, context)) };
}
