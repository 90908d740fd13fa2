import { z } from "zod";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import { shownWords } from "./order-card.ts";
import { measuresIn } from "./orders.ts";
import { orderedUnitWord, seesEveryUnit } from "./units.ts";
import { DRILL_WORDS, drillMark, momentWords, responseName } from "./words.ts";

const COLUMNS = ["单位", "县区", "分级", "措施", "签收时间", "执行情况", "豁免依据"].map((title) => ({
  title,
}));

/** Who was ordered what and what they did, all units of the present round, as a workbook; a rehearsal says so on each page. */
export const responseWorkbook = paper({
  name: "response.units",
  params: z.object({ response: z.int() }),
  async data({ params, person }, context) {
    const { store, office, today } = context;
    const response = await store.responses.byId(params.response);
    if (response === null || !seesEveryUnit(person))
      return refuse("forbidden", "签收执行表由市办、督查和市领导导出。", ["应急"]);
    const orders = await store.responses.orders(response.id, response.round);
    const shown = Map.groupBy(
      await store.responses.executions(orders.map(({ id }) => id)),
      ({ orderId }) => orderId,
    );
    const rows: string[][] = [];
    for (const order of orders)
      rows.push([
        `${drillMark(response)}${await orderedUnitWord(order, context)}`,
        order.regionId === null ? "市级" : office.heirOn(order.regionId, today).short,
        order.grade ?? "",
        measuresIn(order)
          .map(({ measure }) => measure)
          .join("；"),
        order.acknowledgedAt === null ? "未签收" : momentWords(order.acknowledgedAt, office),
        (shown.get(order.id) ?? []).map((one) => shownWords(one, context)).join("；"),
        order.exempt ?? "",
      ]);
    return {
      rows,
      title: `${responseName(response)}签收执行表（${response.documentNo}）`,
      drill: response.drill,
    };
  },
  render: async ({ rows, title, drill }, { marks }) => ({
    name: `${drillMark({ drill })}应急响应签收执行表.xlsx`,
    type: XLSX,
    bytes: await workbook(
      [{ name: drill ? "演练" : "应急响应", title, columns: COLUMNS, rows }],
      [...marks, ...(drill ? [DRILL_WORDS] : [])],
    ),
  }),
});
