import { WEEKLY_READERS } from "../../air/week-report.ts";
import { refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { type PaperBlock, stampedHead } from "../../output/paper-model.ts";
import { guaranteesIn } from "../../seasons/guarantees.ts";
import {
  aboutGuarantee,
  BAD_DAY_COLUMNS,
  type GuaranteeAbout,
  type GuaranteeReport,
  guaranteeReport,
  REPORT_COLUMNS,
  reportFigures,
  reportSentences,
} from "../../seasons/report.ts";
import { officialPaper } from "../official-paper.ts";

const TITLE = "保障工作总结";

/** 保障工作总结：how an event or a season with targets of its own went, on the first working day after its end. */
export default officialPaper<GuaranteeAbout, GuaranteeReport>({
  id: "guarantee-report",
  title: TITLE,
  words: ["保障总结", "秋冬季总结", "活动保障总结"],
  mechanism: "major-event-guarantee",
  usually: { signing: "sign", by: "city-lead", number: "保障总结〔{year}〕{n}号" },
  clock: {
    when: { workingDay: "every", at: "10:30" },
    catchUp: "latest-within-10-days",
    readers: WEEKLY_READERS,
    async about({ at }, context) {
      const day = at.toPlainDate();
      let before = day.subtract({ days: 1 });
      while (!context.office.calendar.isWorkingDay(before)) before = before.subtract({ days: 1 });
      // Those that have ended since the last working day.
      const ended = (await guaranteesIn(context)).filter(
        ({ to }) => before.toString() <= to && to < day.toString(),
      );
      return ended.map(aboutGuarantee);
    },
  },
  async asked({ period }, context) {
    const all = (await guaranteesIn(context)).filter(({ to }) => to < context.today.toString());
    const [from, to] = [period?.from.toString() ?? "", period?.to.toString() ?? "9999"];
    const one = all.findLast((guarantee) => from <= guarantee.from && guarantee.to <= to);
    return one === undefined
      ? refuse("no-data", `${period?.label ?? "现在"}没有已经结束的保障可以总结。`, ["保障"])
      : aboutGuarantee(one);
  },

  facts: guaranteeReport,
  printed: reportFigures,
  restsOn: ({ from, to }) => [
    [from, to],
    [yearBefore(from), yearBefore(to)],
  ],
  card: (facts) => ({
    title: `${facts.name}${TITLE}`,
    blocks: [
      ...reportSentences(facts).map((text) => ({ kind: "text" as const, text })),
      ...facts.parts.map(({ rows }) => ({
        kind: "table" as const,
        columns: REPORT_COLUMNS.map((title) => ({ title })),
        rows,
      })),
      { kind: "note", text: facts.dataState },
    ],
    facts,
  }),
  attaches: ["word", "excel"],
  document: (facts, { stamp, office }) => ({
    name: `${facts.name}${TITLE}`,
    creator: office.pack.office,
    marks: stamp.marks,
    margins: "letter",
    ...stampedHead(stamp),
    blocks: [
      { kind: "title", lines: [`${facts.name}空气质量`, TITLE], below: `（${facts.period}）` },
      { kind: "heading", text: "总体情况" },
      ...reportSentences(facts).map((text): PaperBlock => ({ kind: "text", text })),
      { kind: "heading", text: "各地情况" },
      ...facts.parts.map(
        ({ label, rows }): PaperBlock => ({
          kind: "table",
          ...(facts.parts.length === 1 ? {} : { title: label }),
          ...{
            head: true,
            small: 0.8,
            widths: [14, 10, 11, 20, 22, 13, 25, 10],
            rows: [REPORT_COLUMNS, ...rows],
          },
        }),
      ),
      { kind: "heading", text: "超标天" },
      facts.badDays.length === 0
        ? { kind: "text", text: "全市没有超标天。" }
        : { kind: "table", head: true, widths: [30, 20, 30, 20], rows: [BAD_DAY_COLUMNS, ...facts.badDays] },
      { kind: "heading", text: "采取的措施" },
      { kind: "text", text: facts.measures ?? "按年度计划和应急预案执行。" },
      { kind: "note", text: `注：PM2.5单位为微克/立方米；${facts.dataState}。` },
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  }),
  workbook: (facts, { stamp }) =>
    answerWorkbook({
      title: `${facts.name}${TITLE}`,
      tables: [
        ...facts.parts.map(({ label, rows }) => ({
          title: label,
          columns: REPORT_COLUMNS.map((title) => ({ title })),
          rows,
        })),
        { title: "超标天", columns: BAD_DAY_COLUMNS.map((title) => ({ title })), rows: facts.badDays },
      ],
      notes: [facts.dataState, ...stamp.marks],
    }),

  async to(_about, _facts, { store }) {
    return (await store.people.withRoles(WEEKLY_READERS)).map((person) => ({ to: { person } }));
  },
});

const yearBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ years: 1 }).toString();
