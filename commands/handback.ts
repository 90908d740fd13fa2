import { z } from "zod";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { type Period, periodOf } from "../src/domain/period.ts";
import type { IntakeSender } from "../src/domain/plan/pack-intakes.ts";
import { senderCalled } from "../src/issues/intakes.ts";
import { handsBack, type Received, receivedOf, returnName, returnSheet } from "../src/issues/return-paper.ts";

export { returnSheet } from "../src/issues/return-paper.ts";

const toBack = says("回传");
const COLUMNS = [
  { title: "来件渠道" },
  ...["来件", "已办结", "办理中", "待回传"].map((title) => ({ title, align: "end" as const })),
];

/** 回传：what the senders are to be told of the matters that they handed down, each in its own columns as Excel. */
export default command({
  name: "handback",
  words: ["回传", "来件回传", "来件"],
  hints: ["来件办理情况", "转办来件", "工单回复"],
  help: { does: "看12345等转办来件的办理情况，导出来件单位格式的回传表", example: "回传 上级 本年" },
  who: handsBack,
  audience: "person",
  args: z.object({
    sender: arg.maybe.text("来件渠道", { maxLength: 50, first: true }),
    period: arg.period("本年"),
  }),

  shows: async (said, _person, { office }) => {
    const sender = senderCalled(said, office);
    return sender === undefined ? [] : [{ name: said, what: "来件", say: toBack("", sender.name).say }];
  },

  async answer({ args: { sender: called, period } }, context): Promise<Card | Refusal> {
    const { office } = context;
    const all = office.pack.settings.intakes;
    if (called === undefined) {
      const rows: { sender: IntakeSender; sum: Sum }[] = [];
      for (const sender of all) rows.push({ sender, sum: sumOf(await receivedOf(sender, period, context)) });
      const had = rows.filter(({ sum }) => sum.received > 0);
      if (had.length === 0)
        return refuse(
          "no-data",
          `${period.label}没有转办来件。把12345、12369等的工单表（有来件编号和内容）发给我即可导入。`,
        );
      return {
        title: `转办来件（${period.label}）`,
        blocks: [
          { kind: "table", columns: COLUMNS, rows: had.map(({ sender, sum }) => cellsOf(sender, sum)) },
        ],
        buttons: had.map(({ sender }) => toBack(sender.name, sender.name)),
        facts: { senders: had.map(({ sender, sum }) => ({ sender: sender.name, ...sum })) },
      };
    }
    const sender = senderCalled(called, office);
    if (sender === undefined)
      return refuse(
        "usage",
        `没有名为“${called.slice(0, 20)}”的来件渠道，已登记的有${all.map(({ name }) => name).join("、")}。`,
        ["回传"],
      );
    return senderCard(sender, period, await receivedOf(sender, period, context));
  },
});

/** The office has sent the outcome of what is over back to its sender. */
export const handedBack = action({
  name: "handback.done",
  label: "已回传",
  params: z.object({ sender: z.string(), from: z.string(), to: z.string() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const { store, office, today, now } = context;
    const refusal = handsBack.check({ person, args: {}, office, today });
    if (refusal !== null) return refusal;
    const sender = senderCalled(params.sender, office);
    if (sender === undefined) return refuse("no-data", "没有这个来件渠道。", ["回传"]);
    const period = periodOf(Temporal.PlainDate.from(params.from), Temporal.PlainDate.from(params.to));
    const over = (await receivedOf(sender, period, context)).filter(({ isOver }) => isOver);
    const ids = over.map(({ intake }) => intake.id);
    const n = await store.intakes.handBack(ids, now.epochMilliseconds);
    if (n === 0) return refuse("already-done", "这些结果都已登记回传，不用重复操作。", ["回传"]);
    return senderCard(sender, period, await receivedOf(sender, period, context), `已登记回传${n}件`);
  },
});

function senderCard(
  sender: IntakeSender,
  period: Period,
  received: readonly Received[],
  title?: string,
): Card | Refusal {
  if (received.length === 0) return refuse("no-data", `${period.label}没有${sender.name}的来件。`, ["回传"]);
  const sum = sumOf(received);
  const name = returnName(sender, period);
  const asked = { sender: sender.id, from: period.from.toString(), to: period.to.toString() };
  return {
    title: title ?? name,
    blocks: [
      { kind: "table", columns: COLUMNS, rows: [cellsOf(sender, sum)] },
      {
        kind: "note",
        text: "附件按来件单位原表的列，加上办理状态、结果和时间；举报人信息已隐去，按来件编号对应",
      },
    ],
    buttons: [
      ...(sum.toReturn > 0 ? [handedBack.button(asked, { style: "primary" })] : []),
      toBack("各渠道"),
    ],
    files: [returnSheet.file(asked, { name: `${name}.xlsx` })],
    facts: { sender: sender.name, ...sum },
  };
}

type Sum = { received: number; over: number; open: number; toReturn: number };
function sumOf(received: readonly Received[]): Sum {
  const over = received.filter(({ isOver }) => isOver);
  const toReturn = over.filter(({ intake }) => intake.returnedAt === null).length;
  return { received: received.length, over: over.length, open: received.length - over.length, toReturn };
}
const cellsOf = ({ name }: IntakeSender, { received, over, open, toReturn }: Sum): string[] => [
  name,
  ...[received, over, open, toReturn].map(String),
];
