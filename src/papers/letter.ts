import { longDate } from "../chat/wording.ts";
import type { PaperBlock, PaperModel } from "../output/paper-model.ts";
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
  { number, date, signedBy, body, redHead, marks }: PaperStamp,
): PaperModel {
  return {
    name: `${number ?? ""}${title.join("")}`,
    creator: body,
    marks,
    margins: "letter",
    no: number ?? "（待编号）",
    ...(redHead === null ? {} : { redHead }),
    ...(signedBy === null ? {} : { signer: signedBy }),
    blocks: [
      { kind: "title", lines: title },
      { kind: "addressee", text: `${to}：` },
      ...blocks,
      { kind: "signature", body, date: longDate(date) },
    ],
  };
}
