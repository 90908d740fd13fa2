import type { Context } from "../chat/command.ts";
import type { ResponseId } from "../domain/ids.ts";
import { exemptEnterprises } from "../enterprises/exemptions.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { redrawBoard, tellOrder } from "./tell.ts";
import { peopleOfOrder } from "./units.ts";

/**
 * Whoever is exempt no more, because the exemption was revoked or has ended, is ordered at once what everybody else is. In the
 * caller's transaction.
 */
export async function orderUnexempted(context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const orders = await store.responses.exemptOrders();
  if (orders.length === 0) return;
  const still = await exemptEnterprises(now, context);
  const boards = new Map<ResponseId, { response: ResponseRow; order: number }>();
  for (const order of orders) {
    if (order.enterpriseId !== null && still.has(order.enterpriseId)) continue;
    const response = await store.responses.byId(order.responseId);
    if (response === null) continue;
    const isReached = (await peopleOfOrder(order, context)).length > 0;
    const toldAt = isReached ? now.epochMilliseconds : null;
    if (!(await store.responses.endExemption(order.id, toldAt))) continue;
    boards.set(response.id, { response, order: order.id });
    const told = {
      key: `${response.id}/${response.round}/unexempted`,
      title: "豁免已取消，请立即落实减排措施",
      line: "您单位的豁免已取消或到期，即日起按清单执行。",
    };
    await tellOrder({ ...order, exempt: null, toldAt }, response, told, context);
  }
  for (const { response, order } of boards.values())
    await redrawBoard(response, `unexempted-${order}`, context);
}
