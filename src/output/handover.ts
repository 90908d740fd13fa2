import { headingOf, titleOf, wordDocument } from "./word.ts";
import { tableOf } from "./word-table.ts";

/** What a 交接单 says; dates are office text, missing ones “—”. */
export type HandoverSheet = {
  office: string;
  /** Stands in red on every page. */
  draft: string | undefined;
  from: string;
  post: string;
  heir: string;
  by: string;
  why: string;
  on: string;
  rows: readonly { no: string; title: string; what: string; due: string; to: string }[];
};

/** 工作交接单 as .docx: who hands over, why and when, what passes to whom, and room for both signatures. */
export function handoverDocument(sheet: HandoverSheet): Promise<Uint8Array> {
  const { office, draft, from, post, heir, by, why, on, rows } = sheet;
  return wordDocument({ title: `${from}工作交接单`, creator: office, draft }, (word) => [
    ...titleOf(word, ["工作交接单"], `${office}　${on}`),
    tableOf(
      word,
      [
        [label("移交人"), from, label("职务"), post],
        [label("事由"), why, label("接手人"), heir || "见下表"],
        [label("办理人"), by || "—", label("移交事项"), `${rows.length}件`],
      ],
      { widths: [28, 50, 28, 50] },
    ),
    headingOf(word, "移交事项"),
    tableOf(
      word,
      [
        ["序号", "编号", "事项", "待办", "期限", "接手人"],
        ...(rows.length === 0
          ? [["—", "—", "没有待办事项", "—", "—", "—"]]
          : rows.map((row, i) => [`${i + 1}`, row.no, row.title, row.what, row.due, row.to])),
      ],
      { widths: [12, 32, 44, 22, 24, 22], head: true },
    ),
    tableOf(word, [[label("移交人\n（签字）"), SIGNED, label("接手人\n（签字）"), SIGNED]], {
      widths: [28, 50, 28, 50],
    }),
  ]);
}

const label = (text: string) => ({ text, look: "label" as const });
const SIGNED = "\n\n　　　　年　　月　　日";
