import { noticeModel } from "../src/output/notice.ts";
import type { PaperModel } from "../src/output/paper-model.ts";

/** A weekly notice: twelve paragraphs, a table of twelve counties. */
const cells = (row: number) => ["海安市", "36", "82.5%", "同比下降5.4%", String(row)];
export const weekly: PaperModel = noticeModel({
  office: "大气污染防治联席会议办公室",
  title: "空气质量周通报（6月8日至6月14日）",
  issued: "2020年6月15日",
  marks: ["演示数据"],
  blocks: [
    ...Array.from({ length: 12 }, (_, i) => ({
      kind: "text" as const,
      text: `第${i + 1}段：全市PM2.5平均浓度为36微克/立方米，同比下降5.4%，优良天数比例为82.5%。`,
    })),
    {
      kind: "table",
      columns: ["县区", "PM2.5", "优良率", "同比", "位次"].map((title) => ({ title })),
      rows: Array.from({ length: 12 }, (_, i) => cells(i + 1)),
    },
    { kind: "note", text: "数据未经审核" },
  ],
});
