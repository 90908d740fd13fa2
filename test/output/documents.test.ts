import sharp from "sharp";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ClosingSlip, closingSlipDocument } from "../../src/output/closing-slip.ts";
import {
  evidenceListDocument,
  type TransferLetter,
  transferLetterDocument,
} from "../../src/output/transfer-letter.ts";
import type { WordPicture } from "../../src/output/word-table.ts";
import { readDocument } from "./document.ts";

const OFFICE = "南通市大气污染防治联席会议办公室";

async function photo(caption: string, color: string, width = 64, height = 48): Promise<WordPicture> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
  return { bytes: new Uint8Array(bytes), type: "jpg", width, height, caption };
}

const slip = (over: Partial<ClosingSlip> = {}): ClosingSlip => ({
  office: OFFICE,
  no: "NT-2020-000006",
  title: "工地裸土未覆盖",
  source: "第三方协查，第3批",
  level: "一般，扬尘",
  county: "海安市",
  assignee: "海安市住房和城乡建设局",
  place: "城东镇",
  requirement: "3个工作日内完成覆盖",
  assigned: "6月1日 09:00 市办",
  due: "2020年6月9日",
  acknowledged: "6月1日 15:20 海安联络员",
  submitted: "6月8日 16:00 海安联络员",
  measures: "裸土已全部覆盖",
  reviews: [
    { level: "县级", by: "海安领导", at: "6月9日 10:00", opinion: "属实" },
    { level: "市级", by: "督查", at: "6月11日 14:00", opinion: "现场核查属实" },
  ],
  closed: "6月11日 14:00 督查",
  course: [{ at: "6月1日 09:00", step: "交办", by: "市办", text: "" }],
  before: [],
  after: [],
  ...over,
});

const letter = (over: Partial<TransferLetter> = {}): TransferLetter => ({
  office: OFFICE,
  no: "移送〔2020〕1号",
  addressee: "中共南通市纪律检查委员会、南通市监察委员会",
  unit: "海安市住房和城乡建设局",
  reason: "拒不整改。\n\n经督促仍未完成。",
  plan: "南通市2020年大气污染防治工作计划",
  issues: [
    {
      no: "NT-2020-000006",
      title: "工地裸土未覆盖",
      assigned: "6月1日",
      due: "6月9日",
      overdueDays: 12,
      escalated: "已报市攻坚办",
    },
    {
      no: "NT-2020-000007",
      title: "渣土车未冲洗",
      assigned: "6月2日",
      due: "6月30日",
      overdueDays: null,
      escalated: "—",
    },
  ],
  attachments: ["问题台账", "办理经过图"],
  date: "2020年6月21日",
  approved: true,
  ...over,
});

describe("销号单", () => {
  test("says who found it good on both levels, and leaves room for three seals", async () => {
    const [form = [], course] = readDocument(await closingSlipDocument(slip())).tables;
    expect(form).toContainEqual(["责任地区", "海安市", "责任单位", "海安市住房和城乡建设局"]);
    expect(form).toContainEqual(["整改措施\n和完成情况", "裸土已全部覆盖"]);
    expect(form).toContainEqual(["县级意见", "属实\n海安领导　6月9日 10:00"]);
    expect(form).toContainEqual(["市级意见", "现场核查属实\n督查　6月11日 14:00"]);
    expect(form.flat().filter((text) => text.includes("签章"))).toHaveLength(3);
    expect(course).toEqual([
      ["时间", "经过", "经办", "说明"],
      ["6月1日 09:00", "交办", "市办", ""],
    ]);
  });

  test("shows before and after side by side, each under its own caption and in its own shape", async () => {
    const before = [await photo("整改前 一", "#884422", 1600, 1200), await photo("整改前 二", "#886633")];
    const after = [await photo("整改后 一", "#228844", 900, 1600)];
    const { pictures, tables, xml } = readDocument(await closingSlipDocument(slip({ before, after })));
    expect(pictures).toEqual([before[0]?.bytes, after[0]?.bytes, before[1]?.bytes]);
    expect(tables[0]).toContainEqual(["\n整改前 一", "\n整改后 一"]);
    expect(tables[0]).toContainEqual(["\n整改前 二", ""]);
    const shapes = [...xml.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)].map(
      ([, x, y]) => Number(x) / Number(y),
    );
    for (const [i, ratio] of [4 / 3, 9 / 16, 4 / 3].entries()) expect(shapes[i]).toBeCloseTo(ratio, 1);
  });

  test("says so when there is no picture", async () => {
    const { pictures, tables } = readDocument(await closingSlipDocument(slip()));
    expect(pictures).toEqual([]);
    expect(tables[0]).toContainEqual(["无整改前照片", "无整改后照片"]);
  });
});

describe("移送函", () => {
  test("is laid out as a letter: title, number, addressee, text, issues, attachments, office, date", async () => {
    const { paragraphs, tables, header, footer } = readDocument(await transferLetterDocument(letter()));
    expect(paragraphs.slice(0, 4)).toEqual([
      "关于移送海安市住房和城乡建设局",
      "整改不力问题的函",
      "移送〔2020〕1号",
      "中共南通市纪律检查委员会、南通市监察委员会：",
    ]);
    expect(paragraphs[4]).toContain("《南通市2020年大气污染防治工作计划》");
    expect(paragraphs[4]).toContain("2件问题");
    expect(paragraphs.slice(-7)).toEqual([
      "二、移送事由",
      "拒不整改。",
      "经督促仍未完成。",
      "附件：1．问题台账",
      "2．办理经过图",
      OFFICE,
      "2020年6月21日",
    ]);
    expect(tables[0]?.slice(1)).toEqual([
      ["NT-2020-000006", "工地裸土未覆盖", "6月1日", "6月9日", "12天", "已报市攻坚办"],
      ["NT-2020-000007", "渣土车未冲洗", "6月2日", "6月30日", "—", "—"],
    ]);
    expect(header).toBe("");
    expect(footer).toMatch(/— .*PAGE.* —/s);
  });

  test("is a draft on every page until it is approved", async () => {
    const { header, paragraphs } = readDocument(await transferLetterDocument(letter({ approved: false })));
    expect(header).toBe("待审批稿，未经审批不得对外");
    expect(paragraphs).toContain("移送〔2020〕1号（待审批稿）");
    const approved = readDocument(await transferLetterDocument(letter()));
    expect(Object.keys(approved.files).some((name) => name.includes("header"))).toBe(false);
    expect(approved.xml).not.toContain("待审批");
  });

  test("a short title stays on one line; a single attachment has no number", async () => {
    const { paragraphs } = readDocument(
      await transferLetterDocument(letter({ unit: "海安市", attachments: ["问题台账"] })),
    );
    expect(paragraphs[0]).toBe("关于移送海安市整改不力问题的函");
    expect(paragraphs).toContain("附件：问题台账");
  });

  test("is A4 with the margins of GB/T 9704", async () => {
    const { xml } = readDocument(await transferLetterDocument(letter()));
    const twips = (name: string) => Number(new RegExp(`w:${name}="(\\d+)"`).exec(xml)?.[1]);
    const mm = (n: number) => Math.round((n * 1440) / 25.4);
    expect([twips("top"), twips("bottom")]).toEqual([mm(37), mm(35)]);
    expect(xml).toContain(`<w:pgSz w:w="${mm(210)}" w:h="${mm(297)}"`);
    expect(xml).toMatch(new RegExp(`<w:pgMar [^>]*w:right="${mm(26)}"[^>]*w:left="${mm(28)}"`));
  });
});

describe("证据清单", () => {
  const row = {
    issueNo: "NT-2020-000006",
    kind: "整改前照片",
    name: "现场.jpg",
    by: "海安联络员",
    at: "6月5日 09:22",
    bytes: 1025,
    sha256: "ab".repeat(32),
    sentSha256: "cd".repeat(32),
  };

  test("gives both hashes of each file whole", async () => {
    const { tables } = readDocument(await evidenceListDocument({ office: OFFICE, no: "1号", rows: [row] }));
    expect(tables[0]?.[1]).toEqual([
      "1",
      "NT-2020-000006\n整改前照片，2 KB\n现场.jpg",
      "海安联络员\n6月5日 09:22",
      `存档\n${"ab".repeat(32)}\n原件\n${"cd".repeat(32)}`,
    ]);
  });

  test("without evidence it says so, and has no empty table", async () => {
    const { paragraphs, tables } = readDocument(
      await evidenceListDocument({ office: OFFICE, no: "1号", rows: [] }),
    );
    expect(paragraphs).toContain("没有佐证文件。");
    expect(tables).toEqual([]);
  });

  test("a name that turns its direction, and characters that XML can't hold, do no harm", async () => {
    const name = "现场\u202Egpj.exe\u0000\u0007<b>&\uD800\t一";
    const { tables } = readDocument(
      await evidenceListDocument({ office: OFFICE, no: "1号", rows: [{ ...row, name }] }),
    );
    expect(tables[0]?.[1]?.[1]).toBe("NT-2020-000006\n整改前照片，2 KB\n现场gpj.exe<b>& 一");
  });
});

test("the same data gives the same bytes, with no moment of their making", async () => {
  const draw = async () => transferLetterDocument(letter({ approved: false }));
  const first = await draw();
  // The package writes times in milliseconds and an archive in two seconds: both have moved on.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await draw()).toEqual(first);
  const { properties } = readDocument(first);
  expect(properties).toContain(OFFICE);
  expect(properties).not.toMatch(/created|modified>|Un-named/);
});
