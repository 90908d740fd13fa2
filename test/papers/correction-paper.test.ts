import { expect, test } from "vitest";
import type { Office } from "../../src/office/office.ts";
import type { PaperBlock } from "../../src/output/paper-model.ts";
import { letterModel } from "../../src/papers/letter.ts";
import { modelOf } from "../../src/papers/made-look.ts";
import type { PaperStamp } from "../../src/papers/official-paper.ts";
import { bulletin } from "../support/bulletin.ts";

const stamp: PaperStamp = {
  ...{ number: "快讯〔2020〕2号", date: Temporal.PlainDate.from("2020-06-18"), signedBy: null },
  ...{ body: "市大气办", redHead: null, marks: [] },
  corrects: {
    ...{ number: "快讯〔2020〕1号", title: "提醒函（海安）", date: Temporal.PlainDate.from("2020-06-16") },
    changes: [{ of: "海安", figure: "PM2.5", before: "40", after: "99" }],
  },
};

test("a letter that corrects another says once what it corrects, below whom it is to", () => {
  const kind = bulletin(
    {},
    {
      document: (_facts, { stamp }) =>
        letterModel(
          {
            title: ["关于海安市", "空气质量的提醒函"],
            to: "海安市人民政府",
            blocks: [{ kind: "text", text: "正文。" }],
          },
          stamp,
        ),
    },
  );
  const about = { key: "1", label: "", from: "2020-06-16", to: "2020-06-16" };
  const title = "关于更正提醒函（海安）的通知";
  const { blocks } = modelOf({ kind, facts: {}, title, on: { about, stamp, office: {} as Office } });
  const shown = (block: PaperBlock) =>
    block.kind === "title" ? block.lines.join("") : "text" in block ? block.text : block.kind;
  expect(blocks.map(shown)).toEqual([
    title,
    "海安市人民政府：",
    "2020年6月16日印发的《提醒函（海安）》（快讯〔2020〕1号）有1处数字更正如下，以本通知为准。",
    "table",
    "正文。",
    "signature",
  ]);
});
