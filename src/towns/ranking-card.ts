import { dataStateWords } from "../air/data-state-words.ts";
import { rankEndsWords } from "../air/ranking.ts";
import type { Block } from "../chat/card.ts";
import { figure, longDate, shortDate } from "../chat/wording.ts";
import { TOWN_HEADS } from "./list-card.ts";
import type { TownRanking, TownRow } from "./ranking.ts";
import type { Readiness } from "./readiness.ts";

type Table = Extract<Block, { kind: "table" }>;
const place = (rank: number | null, tied: boolean) =>
  rank === null ? "—" : `${rank}${tied ? "（并列）" : ""}`;

/** The towns of one county with their place in it, or of all that are ranked. */
export function townTable({ rows, counties }: TownRanking, county?: string): Table {
  const ranked = rows.filter((row) => row.rank !== null && (county === undefined || row.county === county));
  const days = (row: TownRow) => (row.validDays === null ? "—" : String(row.validDays));
  const figures = [
    { title: "PM2.5（µg/m³）", align: "end" as const },
    { title: "有效天数", align: "end" as const },
  ];
  const values = (row: TownRow) => [figure(row.pm25), days(row)];
  if (county === undefined)
    return {
      kind: "table",
      columns: [{ title: "位次" }, { title: "镇街" }, { title: "地区" }, ...figures],
      rows: ranked.map((row) => [place(row.rank, row.tied), row.town, row.county, ...values(row)]),
    };
  const beside = counties.length > 1;
  return {
    kind: "table",
    columns: [
      { title: "位次" },
      { title: "镇街" },
      ...figures,
      ...(beside ? [{ title: "全市位次", align: "end" as const }] : []),
    ],
    rows: ranked.map((row) => [
      place(row.countyRank, row.countyTied),
      row.town,
      ...values(row),
      ...(beside ? [place(row.rank, row.tied)] : []),
    ]),
  };
}

/** The towns at the ends that were asked for, of one county or of all. */
export function townEndsWords(
  { rows }: TownRanking,
  ends: Parameters<typeof rankEndsWords>[1],
  county?: string,
) {
  const named = rows
    .filter((row) => county === undefined || row.county === county)
    .map((row) => ({ name: row.town, rank: county === undefined ? row.rank : row.countyRank }));
  return rankEndsWords(named, ends);
}

/** Towns without a rank, by the reason. */
export function unrankedWords({ rows }: TownRanking, county?: string): string | null {
  const left = rows.filter((row) => row.rank === null && (county === undefined || row.county === county));
  if (left.length === 0) return null;
  const byReason = Map.groupBy(left, ({ reason }) => reason ?? "");
  const named = [...byReason].map(
    ([reason, ones]) => `${ones.map(({ town }) => town).join("、")}（${reason}）`,
  );
  return `不参与排名：${named.join("；")}`;
}

/** What stands below a ranking: how far it has come, how it is made, and of which data. */
export function rankingNotes(ranking: TownRanking, hasHidden: boolean): string {
  const { asOf, to, days, data } = ranking;
  const running = asOf < to ? `截至${shortDate(asOf)}，共${days}天；` : "";
  const hidden = hasHidden ? "其他县（市、区）的镇街只列位次；" : "";
  const unlisted = unlistedWords(
    ranking.counties.filter((one) => !ranking.rows.some((row) => row.county === one)),
  );
  return `${unlisted === null ? "" : `${unlisted}；`}${running}镇街数值为本镇街自动站均值，不计入县（市、区）；位次按公布值排列，并列者按镇街名单次序；${hidden}${dataStateWords(data)}`;
}

/** Counties whose towns nobody has listed, so that none of them can have a station or a rank; null where it lists all. */
const unlistedWords = (counties: readonly string[]): string | null =>
  counties.length === 0
    ? null
    : `${counties.join("、")}的镇街名单还没有录入，请市办发送镇街名单表（列：${TOWN_HEADS.join("、")}），录入后才能登记站点和排名`;

/** Counties whose towns are ranked later, and since when: 如皋、如东9月30日起. */
export function laterWords({ later }: TownRanking): string | null {
  if (later.length === 0) return null;
  const byDay = Map.groupBy(later, ({ from }) => from ?? "");
  return [...byDay]
    .map(([from, ones]) => {
      const names = ones.map(({ county }) => county).join("、");
      return from === ""
        ? `${names}没有排名安排`
        : `${names}自${longDate(Temporal.PlainDate.from(from))}起排名`;
    })
    .join("；");
}

/** How far counties have come before their towns are ranked. */
export function readinessBlocks(rows: readonly Readiness[]): Block[] {
  const without = rows.filter((row) => row.without.length > 0);
  const unlisted = unlistedWords(rows.filter(({ towns }) => towns === 0).map(({ county }) => county));
  const sum = (of: (row: Readiness) => number) => rows.reduce((total, row) => total + of(row), 0);
  const cells = (row: Readiness) => [
    row.county,
    row.from === null ? "—" : shortDate(row.from),
    `${row.built}/${row.planned}`,
    row.completePct === null ? "—" : `${row.completePct.toFixed(1)}%`,
  ];
  return [
    {
      kind: "table",
      columns: [
        { title: "地区" },
        { title: "排名起始" },
        { title: "已建/计划（个）", align: "end" },
        { title: "数据有效率", align: "end" },
      ],
      rows: [
        ...rows.map(cells),
        ...(rows.length > 1
          ? [["合计", "", `${sum(({ built }) => built)}/${sum(({ planned }) => planned)}`, ""]]
          : []),
      ],
    },
    ...without.map(
      (row): Block => ({
        kind: "text",
        tone: "notice",
        text: `${row.county}还没有站点的镇街：${row.without.join("、")}`,
      }),
    ),
    ...(unlisted === null ? [] : [{ kind: "text" as const, tone: "notice" as const, text: `${unlisted}。` }]),
    { kind: "note", text: "数据有效率为近30天（新站自启用日起）有效日数占应有日数" },
  ];
}

/** A ranking for scripts; what the reader may not know is null. */
export const townFacts = (ranking: TownRanking) => ({
  metric: "PM2.5",
  period: {
    ...{ from: ranking.from, to: ranking.to, label: ranking.label },
    ...{ complete: ranking.asOf >= ranking.to, asOf: ranking.asOf },
  },
  ruleSet: ranking.ruleSet,
  counties: ranking.counties,
  rows: ranking.rows.flatMap((row) =>
    row.rank === null
      ? []
      : [
          {
            ...{ rank: row.rank, countyRank: row.countyRank, town: row.town, county: row.county },
            ...{ value: row.pm25, validDays: row.validDays },
          },
        ],
  ),
  unranked: ranking.rows.flatMap(({ rank, town, county, reason }) =>
    rank === null ? [{ town, county, reason }] : [],
  ),
});
