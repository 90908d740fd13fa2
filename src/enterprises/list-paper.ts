import { z } from "zod";
import { paper } from "../chat/paper.ts";
import { maskPhone } from "../domain/phone.ts";
import { isAlertLevel, levelWords } from "../domain/responses/levels.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import { enterprisesSeen } from "./sees.ts";

const COLUMNS = [
  ...["企业", "县区", "行业", "绩效分级", "级别", "减排措施", "可核查指标"],
  ...["联系人", "联系电话", "电表号", "经度", "纬度"],
].map((title) => ({ title }));

/** 应急减排清单 as the table that can be imported again; masked telephone numbers leave those that are known. */
export const enterprisesPaper = paper({
  name: "enterprises.list",
  params: z.object({ county: z.string(), grade: z.string() }),
  async data({ params, person }, context) {
    const { store, office, today } = context;
    const asked = { county: params.county || undefined, grade: params.grade || undefined };
    const rows: (string | number)[][] = [];
    for (const one of await enterprisesSeen(asked, person, context))
      for (const { level, measure, indicator } of await store.enterprises.measuresOf(one.id))
        rows.push([
          one.name,
          office.heirOn(one.regionId, today).short,
          one.industry,
          one.grade,
          isAlertLevel(level) ? levelWords[level] : level,
          measure,
          indicator,
          one.contactName ?? "",
          one.contactPhone === null ? "" : maskPhone(one.contactPhone),
          one.meterNo ?? "",
          one.longitude?.toString() ?? "",
          one.latitude?.toString() ?? "",
        ]);
    return { rows, title: `${office.city.name}重污染天气应急减排清单` };
  },
  render: async ({ rows, title }, { marks }) => ({
    name: "应急减排清单.xlsx",
    type: XLSX,
    bytes: await workbook([{ name: "应急减排清单", title, columns: COLUMNS, rows }], marks),
  }),
});
