import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { dateSeenOn } from "../src/chat/wording.ts";
import { answerPaper, receivePaper } from "../src/papers/answer-paper.ts";
import { answerFields, answersOwed } from "../src/papers/answers.ts";
import { answersPaper, readsAnswers } from "../src/papers/answers-workbook.ts";
import { noOf } from "../src/papers/kind-of.ts";
import { paperCard } from "../src/papers/paper-card.ts";
import { rollCallCard } from "../src/papers/roll-call.ts";
import { paperSeen } from "../src/papers/sees.ts";
import { namesOfUnit } from "../src/papers/units.ts";
import type { CandidateUnit } from "../src/store/candidates.ts";
import type { Reader } from "../src/store/store.ts";

const toReply = says("回复");
const toPapers = says("文件");

export { answersPaper } from "../src/papers/answers-workbook.ts";

/** 回复：a paper that a unit has to answer, with the form for cause, measures and date. */
export default command({
  name: "reply",
  words: ["回复"],
  hints: ["谁没回复", "没回复", "未回复", "回复情况"],
  help: { does: "回复要求反馈的文件：打开后按“回复”填原因、措施和完成时间", example: "回复" },
  who: anyone,
  audience: "person",
  args: z.object({
    no: arg.maybe.number("文件编号", { bare: true }),
    look: arg.maybe.choice("导出", { 导出: "workbook", Excel: "workbook" }),
  }),

  async answer({ args: { no, look }, person }, context) {
    if (no === undefined) {
      const owed = await answersOwed(person, context);
      if (owed.length > 0) return owedCard(owed, context);
      const { office, today } = context;
      return readsAnswers.check({ person, args: {}, office, today }) === null
        ? openCard(context)
        : nothingOwed;
    }
    const row = await paperSeen(Number(no), person, context);
    if (isRefusal(row)) return row;
    if (look === undefined) return paperCard(row, undefined, person, context);
    const { office, today } = context;
    const forbidden = readsAnswers.check({ person, args: {}, office, today });
    if (forbidden !== null) return forbidden;
    const card = await rollCallCard(row, context);
    if (card.blocks.length === 0) return refuse("no-data", "这份文件不要求回复。", ["文件"]);
    return { ...card, files: [answersPaper.file({ paper: row.id }, { name: "回复情况.xlsx" })] };
  },
});

const nothingOwed: Card = {
  title: "没有等您单位回复的文件",
  tone: "good",
  blocks: [{ kind: "text", text: "收到的文件都在“文件”里。" }],
  buttons: [toPapers("文件")],
  facts: { rows: [] },
};

/** Every unit whose answer is still to come, the soonest due first: for whoever reads what units answer. */
async function openCard({ store, office, today }: Context<Reader>): Promise<Card> {
  const open = await store.paperAnswers.owed();
  const nameOf = ({ regionId, departmentId }: CandidateUnit) =>
    namesOfUnit({ regionId, departmentId }, { office, today }).short;
  const isLate = (due: string) => due < today.toString();
  return {
    title: open.length > 0 ? `还没有回复的（${open.length}家）` : "没有等待回复的文件",
    tone: open.some(({ due }) => isLate(due)) ? "bad" : open.length > 0 ? "notice" : "good",
    blocks:
      open.length === 0
        ? [{ kind: "text", text: "要求回复的文件都已回复。" }]
        : [
            {
              kind: "table",
              columns: ["编号", "文件", "单位", "回复期限"].map((title) => ({ title })),
              rows: open.map(({ answer, paper, due }) => [
                noOf(paper),
                paper.title,
                nameOf(answer),
                `${dateSeenOn(today, due)}${isLate(due) ? "（逾期）" : ""}`,
              ]),
              opens: open.map(({ paper }) => toReply("", noOf(paper)).say),
            },
          ],
    buttons: [toPapers("文件")],
    facts: {
      rows: open.map(({ answer, paper, due }) => ({
        ...{ no: noOf(paper), title: paper.title, unit: nameOf(answer), due },
      })),
    },
  };
}

/** The papers that wait for the reader's own unit, the nearest day first. */
function owedCard(owed: Awaited<ReturnType<typeof answersOwed>>, { office, today }: Context<Reader>): Card {
  return {
    title: `等您单位回复的文件（${owed.length}件）`,
    tone: owed.some(({ answer: { due } }) => due !== null && due < today.toString()) ? "bad" : "notice",
    blocks: [
      {
        kind: "table",
        columns: ["编号", "文件", "回复期限"].map((title) => ({ title })),
        rows: owed.map(({ row, answer: { due } }) => [
          noOf(row),
          row.title,
          due === null ? "—" : dateSeenOn(today, due),
        ]),
        opens: owed.map(({ row }) => toReply("", noOf(row)).say),
      },
      ...unknownYearNote(
        owed.flatMap(({ answer: { due } }) => due ?? []),
        office,
      ),
    ],
    buttons: owed.slice(0, MOST_BUTTONS).map(({ row }) => toReply(`回复 ${noOf(row)}`, noOf(row))),
    facts: { rows: owed.map(({ row, answer: { due } }) => ({ no: noOf(row), title: row.title, due })) },
  };
}

/** Buttons that fit below one message. */
const MOST_BUTTONS = 5;

/** 回复 on a paper that waits for one's unit. */
export const answerIssued = action({
  name: "paper.answer",
  label: "回复",
  params: z.object({ paper: z.int() }),
  fields: answerFields,
  press: ({ params: { paper }, fields, person }, context) => answerPaper(paper, fields, person, context),
});

/** 收到 on a paper that one's unit has to answer. */
export const receiveIssued = action({
  name: "paper.receive",
  label: "收到",
  params: z.object({ paper: z.int() }),
  fields: z.object({}),
  press: ({ params: { paper }, person }, context) => receivePaper(paper, person, context),
});
