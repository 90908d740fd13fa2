import { printedTable } from "../air/sheet-table.ts";
import type { Block, Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import { type PaperBlock, type PaperModel, stampedHead } from "../output/paper-model.ts";
import type { TownNoticeFacts } from "./notice.ts";
import type { TownRanking } from "./ranking.ts";
import { rankingNotes, readinessBlocks, townFacts, townTable, unrankedWords } from "./ranking-card.ts";

const toTowns = says("镇街");

/** A county's own table first, then all towns by their rank; for the city the latter alone. */
const tablesOf = ({ county }: TownNoticeFacts, ranking: TownRanking) => [
  ...(county === null ? [] : [{ title: `${county}镇街（${ranking.label}）`, ...townTable(ranking, county) }]),
  ...(county === null || ranking.counties.length > 1
    ? [{ title: `全市镇街位次（${ranking.label}）`, ...townTable(ranking) }]
    : []),
];
export const noticeTables = (facts: TownNoticeFacts) =>
  facts.rankings.flatMap((ranking) => tablesOf(facts, ranking));
/** The tables of the notice's own period: what its picture shows. */
export const firstTable = (facts: TownNoticeFacts) => noticeTables(facts)[0];

/** `ranksOfOthers`: other counties' towns are listed, by their ranks alone. */
export const noticeNotes = ({ rankings }: TownNoticeFacts, ranksOfOthers: boolean) => [
  ...new Set(rankings.map((ranking) => rankingNotes(ranking, ranksOfOthers && ranking.counties.length > 1))),
];

/** The notice as a message: of each period the county's own towns, for the city all of them. */
export function noticeCard(facts: TownNoticeFacts, title: string): Card {
  const { county, rankings, readiness } = facts;
  const [first] = rankings;
  return {
    title,
    blocks: [
      ...rankings.flatMap((ranking): Block[] => {
        const left = unrankedWords(ranking, county ?? undefined);
        return [
          { kind: "text", text: `${ranking.label}：` },
          townTable(ranking, county ?? undefined),
          ...(left === null ? [] : [{ kind: "text" as const, text: left, tone: "muted" as const }]),
        ];
      }),
      ...(readiness.length === 0
        ? []
        : [{ kind: "text" as const, text: "尚未排名地区的站点建设：" }, ...readinessBlocks(readiness)]),
      ...noticeNotes(facts, false).map((text): Block => ({ kind: "note", text })),
    ],
    buttons: first === undefined ? [] : [toTowns("全市镇街", `${first.from}..${first.to}`)],
    facts: { county, rankings: rankings.map(townFacts), readiness },
  };
}

/** Each figure as printed, the values before the ranks that follow from them. */
export function noticeFigures(facts: TownNoticeFacts): PrintedFigure[] {
  const rows = facts.rankings.flatMap(({ label, rows }) => rows.map((row) => ({ label, ...row })));
  const of = (row: { county: string; town: string }) => `${row.county}${row.town}`;
  return [
    ...rows.flatMap((row) =>
      row.pm25 === null ? [] : [{ of: of(row), figure: `${row.label} PM2.5`, value: String(row.pm25) }],
    ),
    ...rows.map((row) => ({
      ...{ of: of(row), figure: `${row.label} 全市位次` },
      value: row.rank === null ? "—" : String(row.rank),
    })),
  ];
}

type Stamp = { number: string | null; date: Temporal.PlainDate; body: string; redHead: string | null };

/** The notice as a Word paper. */
export function townNoticeModel(
  facts: TownNoticeFacts,
  {
    title,
    label,
    stamp,
    creator,
  }: { title: string; label: string; stamp: Stamp & { marks: readonly string[] }; creator: string },
): PaperModel {
  return {
    ...{ name: `${title}（${label}）`, creator, marks: stamp.marks, margins: "letter" },
    ...stampedHead(stamp),
    blocks: [
      { kind: "title", lines: [title], below: `（${label}）` },
      ...noticeTables(facts).map((table): PaperBlock => printedTable(table)),
      ...noticeNotes(facts, facts.county !== null).map(
        (text): PaperBlock => ({ kind: "note", text: `注：${text}。` }),
      ),
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}
