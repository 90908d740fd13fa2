import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { longTime } from "../chat/wording.ts";
import type { RegionId } from "../domain/ids.ts";
import type { Period } from "../domain/period.ts";
import { type RollCallFigures, rollCallFigures } from "../domain/responses/roll-call-figures.ts";
import { halfEvenRatio } from "../domain/rounding.ts";
import type { About } from "../papers/official-paper.ts";
import type { OrderCount, ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { tallyOf } from "./board.ts";
import { isCountyOrder } from "./units.ts";
import { areaWords, drillMark, levelWord, responseName, shortName } from "./words.ts";

export type SummaryAbout = About & { response: ResponseRow["id"] };

/** All that the summary of a response prints. */
export type SummaryFacts = {
  name: string;
  drill: boolean;
  kind: ResponseRow["kind"];
  documentNo: string;
  area: string;
  started: string;
  ended: string;
  endedWhy: string;
  hours: number;
  levels: readonly { level: string; documentNo: string; at: string }[];
  /** Each roll-call, by kind of unit. */
  rollCalls: readonly ({ level: string; of: OrderCount["of"] } & RollCallFigures)[];
  /** Of the last level. */
  counties: readonly {
    county: string;
    firms: number;
    acknowledged: number;
    executed: number;
    evidence: number;
    asked: number;
    reported: number;
  }[];
  exempt: number;
  checks: { drawn: number; carriedOut: number; notCarriedOut: number };
  acknowledgeHours: number;
};

const HOUR_MS = 3_600_000;

export function aboutSummary(
  response: ResponseRow,
  { office }: Pick<Context<Reader>, "office">,
): SummaryAbout {
  const day = (at: number) => office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const [from, to] = [day(response.startedAt), day(response.endedAt ?? response.startedAt)];
  return {
    key: String(response.id),
    label: `${shortName(response)}，${from}起`,
    ...{ from, to, response: response.id },
  };
}

/** The newest response that is over, within a period where one is named. */
export async function summaryAsked(
  { period }: { period?: Period },
  context: Pick<Context<Reader>, "store" | "office">,
): Promise<SummaryAbout | Refusal> {
  const rows = await context.store.responses.newest(50);
  const abouts = rows.filter(({ endedAt }) => endedAt !== null).map((row) => aboutSummary(row, context));
  const found = abouts.find(
    ({ from, to }) => period === undefined || (from <= period.to.toString() && to >= period.from.toString()),
  );
  return (
    found ??
    refuse("no-data", `没有${period?.label ?? ""}已结束的应急响应。发送“应急 历史”看清单。`, ["应急 历史"])
  );
}

/** 总结评估: how long it lasted, who acknowledged and carried out how fast, what was found on the spot. */
export async function summaryFacts(
  { response: id }: SummaryAbout,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<SummaryFacts | Refusal> {
  const response = await store.responses.byId(id);
  if (response?.endedAt == null) return refuse("no-data", "这次响应还没有解除，解除后再总结。", ["应急"]);
  const time = (at: number) => longTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
  const end = office.today(Temporal.Instant.fromEpochMilliseconds(response.endedAt));
  const levels = await store.responses.levels(id);
  const orders = await store.responses.orders(id);
  const counts = await store.responses.counts(id, response.round);
  const reports = await store.responses.reports(id);
  const checks = await store.responseChecks.of(id);
  const found = (outcome: string) => checks.filter((one) => one.outcome === outcome).length;
  const { acknowledgeHours } = office.pack.settings.responses;
  const firmsOf = (county: RegionId) =>
    tallyOf(counts.filter((one) => one.of === "enterprise" && one.regionId === county));
  const counties = orders.filter((one) => one.round === response.round && isCountyOrder(one));
  return {
    name: responseName(response),
    ...{ drill: response.drill, kind: response.kind, documentNo: response.documentNo },
    area: areaWords(response, office, end),
    started: time(response.startedAt),
    ended: time(response.endedAt),
    endedWhy: response.endedWhy ?? "",
    hours: halfEvenRatio(response.endedAt - response.startedAt, HOUR_MS, 0),
    levels: levels.map((one) => ({
      level: levelWord(one.level) || "削峰",
      documentNo: one.documentNo,
      at: time(one.at),
    })),
    rollCalls: levels.flatMap(({ round, level, at }) =>
      (["county", "department", "enterprise"] as const).map((of) => ({
        ...{ level: levelWord(level) || "削峰", of },
        ...rollCallFigures(
          orders.filter((one) => one.round === round && kindOf(one) === of),
          at,
          acknowledgeHours,
        ),
      })),
    ),
    counties: counties.map(({ regionId }) => {
      const county = regionId as RegionId;
      const own = reports.filter((one) => one.regionId === county);
      const { orders: all, exempt, acknowledged, executed, evidence } = firmsOf(county);
      return {
        county: office.heirOn(county, end).short,
        ...{ firms: all - exempt, acknowledged, executed, evidence },
        ...{ asked: own.length, reported: own.filter(({ at }) => at !== null).length },
      };
    }),
    exempt: tallyOf(counts).exempt,
    checks: {
      drawn: checks.length,
      carriedOut: found("carried-out"),
      notCarriedOut: found("not-carried-out"),
    },
    acknowledgeHours,
  };
}

const kindOf = ({ enterpriseId, departmentId }: ResponseOrder): OrderCount["of"] =>
  enterpriseId !== null ? "enterprise" : departmentId !== null ? "department" : "county";

/** What the paper is called by whoever waits for it. */
export const summaryTitle = ({ drill, name }: Pick<SummaryFacts, "drill" | "name">): string =>
  `${drillMark({ drill })}${name.replace(drillMark({ drill }), "")}总结评估`;
