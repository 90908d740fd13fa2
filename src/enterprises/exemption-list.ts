import { z } from "zod";
import { scopeOf } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { says } from "../chat/says.ts";
import { counted, listTitle, shortDate } from "../chat/wording.ts";
import {
  EXEMPTION_BASES,
  type ExemptionBasis,
  exemptionStateWords,
  holdsAt,
} from "../domain/enterprises/exemption.ts";
import type { RegionId } from "../domain/ids.ts";
import { holdsRole } from "../domain/posts.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { exemptionFacts } from "./exemption-card.ts";
import { PROPOSERS } from "./exemption-rights.ts";
import { byCounty } from "./sees.ts";

const toList = says("豁免");
const toPropose = says("申报豁免");

/** Which entries are asked for: those that stand, or those of one state. */
export const EXEMPTION_FILTERS = {
  待同意: "proposed",
  有效: "valid",
  已到期: "expired",
  已取消: "revoked",
  未同意: "refused",
} as const;
export type ExemptionFilter = (typeof EXEMPTION_FILTERS)[keyof typeof EXEMPTION_FILTERS];

export type AskedExemptions = {
  regionId?: RegionId | undefined;
  basis?: ExemptionBasis | undefined;
  filter?: ExemptionFilter | undefined;
};

const SHOWN = 40;

/** The list of exemptions; without a filter what holds and what waits for its second signature. */
export async function exemptionList(
  asked: AskedExemptions,
  said: readonly string[],
  person: Person,
  context: Context<Reader>,
): Promise<Card> {
  const { office, today } = context;
  const rows = await exemptionsSeen(asked, person, context);
  const waiting = rows.filter(({ state }) => state === "proposed").length;
  const twice = rows.filter(({ enterpriseId }) => enterpriseId !== null).length;
  const proposes = holdsRole(person, ...PROPOSERS);
  const shown = rows.slice(0, SHOWN);
  return {
    title: listTitle("豁免清单", ...said, counted(rows.length, "家"), counted(waiting, "家", "待同意")),
    blocks: [
      rows.length === 0
        ? { kind: "text", text: "没有符合条件的豁免。" }
        : {
            kind: "table",
            columns: ["编号", "单位", "地区", "依据", "有效期至", "状态"].map((title) => ({ title })),
            rows: shown.map((one) => [
              `${one.id}`,
              one.name,
              office.heirOn(one.regionId, today).short,
              [EXEMPTION_BASES[one.basis], one.grade].filter(Boolean).join(" "),
              one.to.slice(0, 4) === String(today.year) ? shortDate(one.to) : one.to,
              exemptionStateWords(one, today.toString()),
            ]),
            opens: shown.map(({ id }) => toList("", id).say),
          },
      ...(rows.length > SHOWN
        ? [
            {
              kind: "note" as const,
              text: `列出前${SHOWN}家，可加县（市、区）或依据缩小范围，Excel里是全部有效的`,
            },
          ]
        : []),
      ...(twice > 0
        ? [
            {
              kind: "note" as const,
              text: `其中${twice}家也在应急减排清单里，豁免有效期间响应不下达减排措施`,
            },
          ]
        : []),
    ],
    buttons: proposes ? [toPropose("申报豁免")] : [],
    files: [publicExemptions.file({}, { name: "豁免清单.xlsx" })],
    facts: { rows: rows.map((one) => exemptionFacts(one, context)), total: rows.length, waiting },
  };
}

async function exemptionsSeen(
  { regionId, basis, filter }: AskedExemptions,
  person: Person,
  { store, office, today }: Context<Reader>,
): Promise<Exemption[]> {
  const own = scopeOf(person, office, today);
  const day = today.toString();
  const isAsked = (one: Exemption): boolean => {
    const live = one.state === "listed" && one.to >= day;
    switch (filter) {
      case undefined:
        return live || one.state === "proposed";
      case "valid":
        return live && one.from <= day;
      case "expired":
        return one.state === "listed" && one.to < day;
      default:
        return one.state === filter;
    }
  };
  return (await store.exemptions.all()).filter((one) => {
    const home = office.heirOn(one.regionId, today).id;
    return (
      (own === null || own.includes(home)) &&
      (regionId === undefined || home === regionId) &&
      (basis === undefined || one.basis === basis) &&
      isAsked(one)
    );
  });
}

const COLUMNS = [
  { title: "序号", kind: { decimals: 0 } },
  ...["单位", "县区", "依据", "绩效分级", "豁免措施"].map((title) => ({ title })),
  { title: "起", kind: "date" },
  { title: "止", kind: "date" },
  { title: "批准单位" },
] as const;

/** The list as it is made public: what holds now, of the whole city, without anybody's name or number. */
export const publicExemptions = paper({
  name: "exemption.list",
  params: z.object({}),
  async data(_request, { store, office, today, now }) {
    const day = today.toString();
    const holding = (await store.exemptions.covering(day)).filter((one) =>
      holdsAt(one, now.epochMilliseconds, day),
    );
    const sorted = byCounty(
      holding.toSorted((a, b) => a.id - b.id),
      { office, today },
    );
    return {
      title: `${office.city.name}重污染天气应急管控豁免清单`,
      line: `${office.pack.office}　截至${day}`,
      rows: sorted.map((one, i) => [
        i + 1,
        one.name,
        office.heirOn(one.regionId, today).short,
        EXEMPTION_BASES[one.basis],
        one.grade ?? "",
        one.measures,
        one.from,
        one.to,
        one.approvedBy,
      ]),
    };
  },
  render: async ({ title, line, rows }, { marks }) => ({
    name: "豁免清单.xlsx",
    type: XLSX,
    bytes: await workbook(
      [
        {
          name: "豁免清单",
          title,
          lines: [line],
          columns: COLUMNS,
          rows,
          notes: ["豁免不免除达标排放；弄虚作假或违法的，取消豁免"],
        },
      ],
      marks,
    ),
  }),
});
