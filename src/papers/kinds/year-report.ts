import { WEEKLY_READERS } from "../../air/week-report.ts";
import { refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { type PaperBlock, stampedHead } from "../../output/paper-model.ts";
import { printWidth } from "../../output/print-width.ts";
import { type About, officialPaper, type PaperStamp } from "../official-paper.ts";
import { type YearFacts, yearFacts } from "../year/year-facts.ts";
import { type YearTable, yearPrinted, yearTables } from "../year/year-tables.ts";
import { yearNotes, yearSentences } from "../year/year-words.ts";

const aboutYear = (year: number): About => ({
  key: String(year),
  label: `${year}年`,
  from: `${year}-01-01`,
  to: `${year}-12-31`,
});

/** 年度总结：all figures of the plan's year against its targets and indicators, by county and department; late in January. */
export default officialPaper<About, YearFacts>({
  id: "year-report",
  title: "年度工作总结",
  words: ["年报", "年度报告", "年度总结", "全年总结"],
  mechanism: "air-assessment",
  usually: { signing: "sign", by: "city-lead", number: "年报〔{year}〕{n}号" },
  clock: {
    when: { cron: "0 9 20 1 *", dayRule: "next-working-day" },
    catchUp: "latest-within-30-days",
    readers: WEEKLY_READERS,
    about: ({ at }, { office }) => (at.year - 1 === office.pack.year ? [aboutYear(at.year - 1)] : []),
  },
  asked({ period }, { office, today }) {
    const year = period?.from.year ?? office.pack.year;
    if (year !== office.pack.year)
      return refuse("bad-period", `现行计划是${office.pack.year}年的，没有${year}年的目标可比。`);
    if (today.year <= year) return refuse("bad-period", `${year}年还没有过完，年报在次年1月拟稿。`);
    return aboutYear(year);
  },

  facts: ({ from }, context) => yearFacts(Number(from.slice(0, 4)), context),
  printed: yearPrinted,
  restsOn({ from, to }) {
    const year = Number(from.slice(0, 4));
    return [
      [from, to],
      [`${year - 1}-01-01`, `${year - 1}-12-31`],
    ];
  },

  alsoRestsOn: ["progress", "dustfall", "county-targets"],
  card: (facts) => ({
    title: `年度工作总结（${facts.year}年）`,
    blocks: [
      ...yearSentences(facts).map((text) => ({ kind: "text" as const, text })),
      ...yearTables(facts)
        .slice(0, 1)
        .map(({ columns, rows }) => ({ kind: "table" as const, columns, rows })),
      { kind: "note", text: `${yearNotes(facts).join("；")}。全部表格见附件` },
    ],
    facts,
  }),
  attaches: ["word", "excel"],

  document: (facts, { stamp, office }) => ({
    name: `${facts.year}年度工作总结`,
    creator: office.pack.office,
    marks: stamp.marks,
    // Tables of twelve columns are wider than a letter's text.
    margins: "form",
    ...stampedHead(stamp),
    blocks: [
      { kind: "title", lines: [`${facts.year}年大气污染防治工作计划`, "完成情况"] },
      { kind: "heading", text: "总体情况" },
      ...yearSentences(facts).map((text): PaperBlock => ({ kind: "text", text })),
      ...yearTables(facts).flatMap((table): PaperBlock[] => [
        { kind: "heading", text: table.title },
        paperTable(table),
      ]),
      ...yearNotes(facts).map((text): PaperBlock => ({ kind: "note", text: `注：${text}。` })),
      ...signature(stamp),
    ],
  }),
  workbook: (facts, { stamp }) =>
    answerWorkbook({
      title: `${facts.year}年度工作总结`,
      tables: yearTables(facts),
      notes: [...yearNotes(facts), ...stamp.marks],
    }),

  async to(_about, _facts, { store }) {
    return (await store.people.withRoles(WEEKLY_READERS)).map((person) => ({ to: { person } }));
  },
});

const signature = ({ body, date }: PaperStamp): PaperBlock[] => [
  { kind: "signature", body, date: longDate(date) },
];

/** Columns as wide as their longest cells, within bounds; heads may take two lines, many columns small print. */
function paperTable({ columns, rows }: YearTable): PaperBlock {
  const widthOf = (title: string, at: number) =>
    Math.max(headWidth(title), ...rows.map((row) => printWidth(row[at] ?? ""))) + 2;
  // Signs break anywhere; PM2.5 or a unit doesn't, and is set in bold.
  const headWidth = (title: string) =>
    Math.max(
      printWidth(title) / 2,
      ...(title.match(/（?[^\p{Script=Han}（]+/gu) ?? []).map((run) => 1.3 * printWidth(run)),
    );
  return {
    kind: "table",
    head: true,
    height: 7,
    small: columns.length > 8 ? 0.8 : 0.9,
    widths: columns.map(({ title }, at) => Math.min(24, Math.max(4, widthOf(title, at)))),
    rows: [columns.map(({ title }) => title), ...rows],
  };
}
