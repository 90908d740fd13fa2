import { labelCell, type PaperModel } from "./paper-model.ts";

/** What a 交接单 says; dates are office text, missing ones “—”. */
export type HandoverSheet = {
  office: string;
  marks: readonly string[];
  from: string;
  post: string;
  heir: string;
  by: string;
  why: string;
  on: string;
  rows: readonly { no: string; title: string; what: string; due: string; to: string }[];
};

/** 工作交接单: who hands over, why and when, what passes to whom, and room for both signatures. */
export function handoverModel(sheet: HandoverSheet): PaperModel {
  const { office, marks, from, post, heir, by, why, on, rows } = sheet;
  return {
    name: `${from}工作交接单`,
    creator: office,
    marks,
    margins: "form",
    blocks: [
      { kind: "title", lines: ["工作交接单"], below: `${office}　${on}` },
      {
        kind: "table",
        rows: [
          [labelCell("移交人"), from, labelCell("职务"), post],
          [labelCell("事由"), why, labelCell("接手人"), heir || "见下表"],
          [labelCell("办理人"), by || "—", labelCell("移交事项"), `${rows.length}件`],
        ],
        widths: [28, 50, 28, 50],
      },
      { kind: "heading", text: "移交事项" },
      {
        kind: "table",
        rows: [
          ["序号", "编号", "事项", "待办", "期限", "接手人"],
          ...(rows.length === 0
            ? [["—", "—", "没有待办事项", "—", "—", "—"]]
            : rows.map((row, i) => [`${i + 1}`, row.no, row.title, row.what, row.due, row.to])),
        ],
        widths: [12, 34, 44, 20, 28, 22],
        head: true,
      },
      { kind: "heading", text: "交接确认" },
      {
        kind: "table",
        rows: [[labelCell("移交人\n（签字）"), SIGNED, labelCell("接手人\n（签字）"), SIGNED]],
        widths: [28, 50, 28, 50],
      },
    ],
  };
}

const SIGNED = "\n\n　　　　年　　月　　日";
