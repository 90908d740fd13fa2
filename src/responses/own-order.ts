import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { inEachPost } from "../domain/posts.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { orderCard } from "./order-card.ts";
import { answersFor, seesEveryUnit } from "./units.ts";

/** What somebody's own unit is ordered in a running response, or an enterprise by its name; null where nothing is. */
export async function ownOrderCard(
  response: ResponseRow,
  name: string | undefined,
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Card | Refusal | null> {
  const order =
    name === undefined || isOutsider(person)
      ? await ownOrder(response, person, context)
      : await orderCalled(response, name, person, context);
  return order === null || "code" in order ? order : orderCard(order, response, person, context);
}

export async function ownOrder(
  response: ResponseRow,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<ResponseOrder | null> {
  for (const { role, enterpriseId, departmentId, regionId } of inEachPost(person)) {
    const unit =
      enterpriseId !== null
        ? `enterprise:${enterpriseId}`
        : role === "department-liaison"
          ? `department:${departmentId}`
          : role === "county-lead" || role === "county-liaison"
            ? `region:${regionId === null ? "" : office.heirOn(regionId, today).id}`
            : null;
    const order = unit === null ? null : await store.responses.orderOf(response.id, response.round, unit);
    if (order !== null) return order;
  }
  return null;
}

/** The enterprise that a name, or a part of one, stands for among those of the response. */
async function orderCalled(
  response: ResponseRow,
  name: string,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<ResponseOrder | Refusal> {
  const exact = await store.enterprises.byName(name);
  const found = exact === null ? await store.enterprises.like(name, 20) : [exact];
  const isCity = seesEveryUnit(person);
  const orders: ResponseOrder[] = [];
  for (const { id } of found) {
    const order = await store.responses.orderOf(response.id, response.round, `enterprise:${id}`);
    if (order !== null && (isCity || answersFor(person, order, { office, today }))) orders.push(order);
  }
  const [only, ...others] = orders;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    return refuse("usage", `有${orders.length}家企业的名称含“${name}”，请写全。`, ["应急 全部"]);
  return refuse("no-data", `这次响应里没有您能看的“${name}”，请核对名称。`, ["应急 全部"]);
}
