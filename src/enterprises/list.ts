import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { counted, listTitle } from "../chat/wording.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { enterprisesPaper } from "./list-paper.ts";
import { type AskedEnterprises, enterprisesSeen } from "./sees.ts";

const toEnterprises = says("企业");
const SHOWN = 15;

/** 应急减排清单: enterprises with grade and contact, a page of them, the whole as Excel. */
export async function enterpriseListCard(
  asked: AskedEnterprises & { page?: number },
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, office, today } = context;
  const all = await enterprisesSeen(asked, person, context);
  const pages = Math.max(1, Math.ceil(all.length / SHOWN));
  const page = asked.page ?? 1;
  const said = [asked.county && office.region(asked.county).short, asked.grade && `${asked.grade}级`].filter(
    Boolean,
  );
  if (page < 1 || page > pages)
    return refuse("bad-number", `没有第${page}页，共${pages}页。`, [
      `企业 ${[...said, `第${pages}页`].join(" ")}`,
    ]);
  const shown = all.slice((page - 1) * SHOWN, page * SHOWN);
  const linked = new Set(
    (await store.people.contactsOf(shown.map(({ id }) => id))).map(({ enterpriseId }) => enterpriseId),
  );
  const grades = [...Map.groupBy(all, ({ grade }) => grade)].map(
    ([grade, rows]) => `${grade}级${rows.length}家`,
  );
  const table: Block =
    all.length === 0
      ? { kind: "text", text: "清单里没有符合条件的企业。市办发送应急减排清单（Excel）即可导入。" }
      : {
          kind: "table",
          columns: [
            { title: "企业" },
            { title: "县区" },
            { title: "行业" },
            { title: "分级" },
            { title: "联系人" },
          ],
          rows: shown.map((one) => [
            one.name,
            office.heirOn(one.regionId, today).short,
            one.industry,
            one.grade,
            linked.has(one.id) ? "已绑定" : (one.contactName ?? "—"),
          ]),
          opens: shown.map(({ name }) => toEnterprises("", `“${name}”`).say),
        };
  return {
    title: listTitle("应急减排清单", ...said, counted(all.length, "家")),
    blocks: [
      ...(grades.length > 0 ? [{ kind: "text" as const, text: grades.join("、") }] : []),
      table,
      ...(pages > 1 ? [{ kind: "note" as const, text: `第${page}页，共${pages}页。` }] : []),
    ],
    buttons: [
      ...(page > 1 ? [toEnterprises("上一页", ...said, `第${page - 1}页`)] : []),
      ...(page < pages ? [toEnterprises("下一页", ...said, `第${page + 1}页`)] : []),
    ],
    files:
      all.length === 0
        ? []
        : [
            enterprisesPaper.file(
              { county: asked.county ?? "", grade: asked.grade ?? "" },
              { name: "应急减排清单.xlsx", picture: false },
            ),
          ],
    facts: {
      total: all.length,
      rows: shown.map((one) => ({
        name: one.name,
        county: office.heirOn(one.regionId, today).short,
        industry: one.industry,
        grade: one.grade,
      })),
    },
  };
}
