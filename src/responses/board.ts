import type { Block, Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { RegionId } from "../domain/ids.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { OrderCount, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { changeButtons } from "./change-forms.ts";
import { drillMark, momentWords, responseItems, shortName, subjectOfResponse, toneOf } from "./words.ts";

const toResponse = says("应急");
type Around = Pick<Context<Reader>, "store" | "office" | "today">;

export type Tally = Pick<OrderCount, "orders" | "exempt" | "acknowledged" | "executed" | "evidence">;

export const tallyOf = (counts: readonly OrderCount[]): Tally => {
  const sum = (key: keyof Tally) => counts.reduce((all, one) => all + one[key], 0);
  return {
    orders: sum("orders"),
    exempt: sum("exempt"),
    acknowledged: sum("acknowledged"),
    executed: sum("executed"),
    evidence: sum("evidence"),
  };
};

/** 42/60 */
const of = (n: number, { orders, exempt }: Tally) => `${n}/${orders - exempt}`;

/** 应急看板: how a response stands, by county; drawn anew in place with each answer. */
export async function boardCard(
  response: ResponseRow,
  reader: Person,
  context: Around,
  title?: string,
): Promise<Card> {
  const { store, office, today } = context;
  const counts = await store.responses.counts(response.id, response.round);
  const checks = await store.responseChecks.of(response.id);
  const reports = await store.responses.reports(response.id);
  const at = (kind: OrderCount["of"], regionId?: RegionId) =>
    tallyOf(counts.filter((one) => one.of === kind && (regionId === undefined || one.regionId === regionId)));
  const [counties, departments, enterprises] = [at("county"), at("department"), at("enterprise")];
  const all = tallyOf(counts);
  const regions = office.regionsOf({ to: today }, today).filter(({ id }) => at("county", id).orders > 0);
  const lastReport = reports.at(-1)?.due;
  const reported = (id: RegionId) => reports.find((one) => one.regionId === id && one.due === lastReport);
  return {
    title: `${drillMark(response)}${title ?? `${shortName({ ...response, drill: false })}看板`}：签收${of(all.acknowledged, all)}${response.endedAt === null ? "" : "（已解除）"}`,
    tone: response.endedAt === null ? toneOf(response) : "muted",
    subject: subjectOfResponse(response.id),
    blocks: [
      {
        kind: "facts",
        items: [
          ...responseItems(response, context),
          { label: "县区签收", value: of(counties.acknowledged, counties) },
          { label: "部门签收", value: of(departments.acknowledged, departments) },
          { label: "企业签收", value: of(enterprises.acknowledged, enterprises) },
          {
            label: "企业执行",
            value: `${of(enterprises.executed, enterprises)}，佐证${enterprises.evidence}份`,
          },
          ...(enterprises.exempt > 0 ? [{ label: "豁免", value: `${enterprises.exempt}家` }] : []),
          ...(checks.length > 0 ? [{ label: "抽查", value: checkWords(checks) }] : []),
          ...(response.endedAt === null
            ? []
            : [
                {
                  label: "解除",
                  value: `${momentWords(response.endedAt, office)}（${response.endedWhy ?? ""}）`,
                },
              ]),
        ],
      },
      {
        kind: "table",
        columns: [
          { title: "县区" },
          { title: "签收" },
          { title: "企业签收", align: "end" },
          { title: "企业执行", align: "end" },
          ...(lastReport === undefined ? [] : [{ title: `${momentWords(lastReport, office).slice(-5)}报` }]),
        ],
        rows: regions.map(({ id, short }) => {
          const [own, firms] = [at("county", id), at("enterprise", id)];
          return [
            short,
            own.acknowledged > 0 ? "已签收" : "未签收",
            of(firms.acknowledged, firms),
            of(firms.executed, firms),
            ...(lastReport === undefined
              ? []
              : [reported(id) === undefined ? "—" : reported(id)?.at ? "已报" : "未报"]),
          ];
        }),
        opens: regions.map(({ short }) => toResponse("", short).say),
      } satisfies Block,
    ],
    buttons: [
      ...listButtons(all, checks.length),
      ...(holdsRole(reader, "office") ? changeButtons(response) : []),
    ],
    facts: {
      response: response.id,
      kind: response.kind,
      drill: response.drill,
      level: response.level,
      documentNo: response.documentNo,
      round: response.round,
      ended: response.endedAt !== null,
      counties,
      departments,
      enterprises,
      byCounty: Object.fromEntries(regions.map(({ id, short }) => [short, at("enterprise", id)])),
      checks: checks.length,
    },
  };
}

function listButtons({ orders, exempt, acknowledged }: Tally, checks: number): Button[] {
  return [
    ...(acknowledged < orders - exempt ? [toResponse("未签收", "未签收")] : []),
    toResponse("未执行企业", "未执行"),
    ...(checks > 0 ? [toResponse("抽查", "抽查")] : []),
    ...(exempt > 0 ? [toResponse("豁免企业", "豁免")] : []),
  ];
}

const checkWords = (checks: readonly { outcome: string | null }[]): string => {
  const n = (outcome: string | null) => checks.filter((one) => one.outcome === outcome).length;
  return `抽${checks.length}家，落实${n("carried-out")}家，未落实${n("not-carried-out")}家，待查${n(null)}家`;
};
