import { longDate } from "../chat/wording.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../output/paper-model.ts";
import type { PaperStamp } from "./official-paper.ts";

/** A letter of the office to one unit: what every such letter has around its text. */
export function letterModel(
  {
    title,
    to,
    blocks,
  }: {
    /** Broken where its sense allows. */
    title: readonly [string, string];
    to: string;
    blocks: readonly PaperBlock[];
  },
  { number, date, signedBy, body, redHead, marks, corrects }: PaperStamp,
): PaperModel {
  const [first, second] = title;
  return {
    name: `${number ?? ""}${first}${second}`,
    creator: body,
    marks,
    margins: "letter",
    no: number ?? "（待编号）",
    ...(redHead === null ? {} : { redHead }),
    ...(signedBy === null ? {} : { signer: signedBy }),
    blocks: [
      { kind: "title", lines: [corrects === null ? first : `更正：${first}`, second] },
      { kind: "addressee", text: `${to}：` },
      ...(corrects === null ? [] : correctionOf(corrects)),
      ...blocks,
      { kind: "signature", body, date: longDate(date) },
    ],
  };
}

function correctionOf({ number, title, date, changes }: NonNullable<PaperStamp["corrects"]>): PaperBlock[] {
  return [
    {
      kind: "text",
      text: `${longDate(date)}印发的《${title}》${number === null ? "" : `（${number}）`}有${changes.length}处更正，以本文为准。`,
    },
    {
      kind: "table",
      head: true,
      widths: [40, 46, 35, 35],
      rows: [
        ["对象", "项目", "原为", "更正为"].map((text) => labelCell(text)),
        ...changes.map(({ of, figure, before, after }) => [of, figure, before, after]),
      ],
    },
  ];
}
