import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import type { RegionId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { responseWorkbook } from "./list-paper.ts";
import { answersFor, orderedUnitWord, seesEveryUnit } from "./units.ts";
import { drillMark, momentWords, shortName, toneOf } from "./words.ts";

const toResponse = says("应急");
const SHOWN = 20;

/** Which units of a response are asked for. */
export const UNIT_FILTERS = { 未签收: "silent", 未执行: "idle", 豁免: "exempt", 全部: "all" } as const;
export type UnitFilter = (typeof UNIT_FILTERS)[keyof typeof UNIT_FILTERS];

const isAsked = (order: ResponseOrder, filter: UnitFilter): boolean => {
  if (filter === "exempt") return order.exempt !== null;
  if (filter === "all") return true;
  if (order.exempt !== null) return false;
  return filter === "silent"
    ? order.acknowledgedAt === null
    : order.enterpriseId !== null && order.executedAt === null;
};

/** Units of the present round that somebody may look at: their own and their county's, the city all. */
export async function ordersSeen(
  response: ResponseRow,
  { filter, county }: { filter: UnitFilter; county?: RegionId | undefined },
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<ResponseOrder[]> {
  const isCity = seesEveryUnit(person);
  return (await store.responses.orders(response.id, response.round)).filter(
    (order) =>
      isAsked(order, filter) &&
      (county === undefined ||
        (order.regionId !== null && office.heirOn(order.regionId, today).id === county)) &&
      (isCity || answersFor(person, order, { office, today })),
  );
}

/** A page of the units of a response; a tap opens one. */
export async function unitsCard(
  response: ResponseRow,
  asked: { filter: UnitFilter; county?: RegionId | undefined; page: number },
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { office, today } = context;
  const orders = await ordersSeen(response, asked, person, context);
  const pages = Math.max(1, Math.ceil(orders.length / SHOWN));
  const { page, filter, county } = asked;
  const word = Object.entries(UNIT_FILTERS).find(([, id]) => id === filter)?.[0] ?? "";
  const said = [county && office.region(county).short, word].filter(Boolean) as string[];
  if (page < 1 || page > pages)
    return refuse("bad-number", `没有第${page}页，共${pages}页。`, [
      `应急 ${[...said, `第${pages}页`].join(" ")}`,
    ]);
  const shown = orders.slice((page - 1) * SHOWN, page * SHOWN);
  const names = await Promise.all(shown.map((order) => orderedUnitWord(order, context)));
  return {
    title: `${drillMark(response)}${shortName({ ...response, drill: false })}：${said.join("")}${orders.length}个单位`,
    tone: toneOf(response),
    blocks: [
      orders.length === 0
        ? { kind: "text", text: "没有符合条件的单位。", tone: "good" }
        : {
            kind: "table",
            columns: [
              { title: "单位" },
              { title: "县区" },
              { title: "分级" },
              { title: "签收" },
              { title: "执行" },
            ],
            rows: shown.map((order, i) => [
              names[i] ?? "",
              order.regionId === null ? "市级" : office.heirOn(order.regionId, today).short,
              order.grade ?? "—",
              order.exempt !== null
                ? "豁免"
                : order.acknowledgedAt === null
                  ? order.toldAt === null
                    ? "无联系人"
                    : "未签收"
                  : momentWords(order.acknowledgedAt, office),
              order.executedAt === null ? "—" : momentWords(order.executedAt, office),
            ]),
            opens: shown.map((order, i) =>
              order.enterpriseId === null ? null : toResponse("", `“${names[i] ?? ""}”`).say,
            ),
          },
      ...(pages > 1 ? [{ kind: "note" as const, text: `第${page}页，共${pages}页。` }] : []),
    ],
    buttons: [
      ...(page > 1 ? [toResponse("上一页", ...said, `第${page - 1}页`)] : []),
      ...(page < pages ? [toResponse("下一页", ...said, `第${page + 1}页`)] : []),
      toResponse("看板"),
    ],
    files: [
      responseWorkbook.file(
        { response: response.id },
        { name: `${drillMark(response)}应急响应签收执行表.xlsx`, picture: false },
      ),
    ],
    facts: {
      response: response.id,
      drill: response.drill,
      total: orders.length,
      rows: shown.map((order, i) => ({
        unit: names[i],
        acknowledged: order.acknowledgedAt !== null,
        executed: order.executedAt !== null,
        exempt: order.exempt,
      })),
    },
  };
}
