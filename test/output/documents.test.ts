import { describe, expect, onTestFinished, test, vi } from "vitest";
import { closingSlipModel } from "../../src/output/closing-slip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import { evidenceListModel, transferLetterModel } from "../../src/output/transfer-letter.ts";
import { wordDocument } from "../../src/output/word.ts";
import { letter, OFFICE, photo, slip, slipRound } from "../support/papers.ts";
import { readDocument } from "./document.ts";

const readSlip = async (over = {}) => readDocument(await wordDocument(closingSlipModel(slip(over))));
const readLetter = async (over = {}) => readDocument(await wordDocument(transferLetterModel(letter(over))));

describe("销号单", () => {
  test("names the units in full, both levels with their years, the deadline as first given, and who issues it", async () => {
    const { tables, paragraphs } = await readSlip({
      laterDues: ["2020年6月8日同意延期至2020年6月12日（通气办延〔2020〕1号）"],
    });
    const [form = []] = tables;
    expect(form).toContainEqual(["责任地区", "海安市人民政府", "责任单位", "南通市住房和城乡建设局"]);
    expect(form).toContainEqual([
      "整改期限",
      "原定2020年6月9日；2020年6月8日同意延期至2020年6月12日（通气办延〔2020〕1号）",
    ]);
    expect(form).toContainEqual(["整改", "裸土已全部覆盖\n提交：2020年6月8日 16:00　李联络（海安市联络员）"]);
    expect(form).toContainEqual(["市级意见", "复核通过：现场核查属实　督查　2020年6月11日 14:00"]);
    expect(form.flat().filter((text) => text.includes("签章"))).toHaveLength(3);
    expect(paragraphs.filter(Boolean).slice(-2)).toEqual([OFFICE, "2020年6月11日"]);
  });

  test("whoever said nothing is made to say nothing", async () => {
    const { tables, xml } = await readSlip();
    expect(tables[0]).toContainEqual(["县级意见", "县级确认　王领导（海安市领导）　2020年6月9日 10:00"]);
    expect(xml).not.toContain("同意");
  });

  test("shows before and after side by side, each under its own caption and in its own shape", async () => {
    const before = [await photo("整改前 一", "#884422", [1600, 1200]), await photo("整改前 二", "#886633")];
    const after = [await photo("整改后 一", "#228844", [900, 1600])];
    const { pictures, tables, xml } = await readSlip({ before, after });
    expect(pictures).toEqual([before[0]?.bytes, after[0]?.bytes, before[1]?.bytes]);
    expect(tables[0]).toContainEqual(["\n整改前 一", "\n整改后 一"]);
    expect(tables[0]).toContainEqual(["\n整改前 二", ""]);
    const shapes = [...xml.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)].map(
      ([, x, y]) => Number(x) / Number(y),
    );
    for (const [i, ratio] of [4 / 3, 9 / 16, 4 / 3].entries()) expect(shapes[i]).toBeCloseTo(ratio, 1);
  });

  test("says so when there is no picture", async () => {
    const { pictures, tables } = await readSlip();
    expect(pictures).toEqual([]);
    expect(tables[0]).toContainEqual(["无整改前照片", "无整改后照片"]);
  });

  test.each([
    ["short", 1, 10],
    ["three rounds", 3, 100],
    ["long texts", 2, 1000],
    ["many rounds of long texts", 12, 1000],
  ])("stays one page: %s", async (_what, count, signs) => {
    const rounds = Array.from({ length: count }, (_, i) =>
      slipRound({ name: `第${i + 1}轮`, measures: "措".repeat(signs) }),
    );
    const picture = await photo("整改前", "#884422", [1600, 1200]);
    const model = closingSlipModel(
      slip({
        rounds,
        title: "题".repeat(200),
        requirement: "要".repeat(signs),
        before: [picture],
        after: [picture],
      }),
    );
    expect(pagesOf(model)).toHaveLength(1);
    // The newest round is the one that was found good: it is always there.
    expect(JSON.stringify(model.blocks)).toContain(`第${count}轮整改`);
  });
});

describe("移送函", () => {
  test("is laid out as a letter: title, number, addressee, text, issues, attachments, who signs, date", async () => {
    const { paragraphs, tables, header, footer } = await readLetter();
    expect(paragraphs.slice(0, 5)).toEqual([
      "关于移送海安市人民政府、",
      "南通市住房和城乡建设局",
      "大气污染问题线索的函",
      "通攻坚办移〔2020〕1号　　签发人：王市长",
      "中共南通市纪律检查委员会、南通市监察委员会：",
    ]);
    expect(paragraphs[5]).toContain("《南通市2020年大气污染防治工作计划》");
    expect(paragraphs.slice(-7)).toEqual([
      "四、移送事由",
      "拒不整改。",
      "经督促仍未完成。",
      "附件：1．问题台账",
      "2．办理经过图",
      "南通市打好污染防治攻坚战指挥部办公室",
      "2020年6月21日",
    ]);
    expect(paragraphs).toContain("2020年6月12日，张三、李四调查：现场仍未覆盖。");
    expect(tables[0]?.[1]).toEqual([
      "NT-2020-000006",
      "工地裸土未覆盖\n地点：城东镇",
      "2020年6月1日",
      "2020年6月9日",
      "整改中\n超期12天",
    ]);
    expect(header).toBe("");
    expect(footer).toMatch(/— .*PAGE.* —/s);
  });

  test("is a draft on every page until it is signed, with its number and date open", async () => {
    const draft = await readLetter({ signed: null, no: "通攻坚办移〔2020〕　号" });
    expect(draft.header).toBe("待审批稿，未经审批不得对外");
    expect(draft.paragraphs).toContain("通攻坚办移〔2020〕　号（待签发）");
    expect(draft.paragraphs.at(-1)).toBe("（待签发）");
    const signed = await readLetter();
    expect(Object.keys(signed.files).some((name) => name.includes("header"))).toBe(false);
    expect(signed.xml).not.toContain("待");
  });

  test("of a file of before records were kept it claims none", async () => {
    const { paragraphs } = await readLetter({ investigations: [], urging: [] });
    expect(paragraphs.filter((text) => /^[一二三四]、/.test(text))).toEqual([
      "一、问题和整改情况",
      "二、移送事由",
    ]);
  });

  test("of demonstration data it says so at the head of every page", async () => {
    expect((await readLetter({ marks: ["演示数据，非真实监测结果"] })).header).toBe(
      "演示数据，非真实监测结果",
    );
  });

  test("a short title stays on one line; a single attachment has no number", async () => {
    const { paragraphs } = await readLetter({ unit: "海安市", attachments: ["问题台账"] });
    expect(paragraphs[0]).toBe("关于移送海安市大气污染问题线索的函");
    expect(paragraphs).toContain("附件：问题台账");
  });

  test("is A4 with the margins of GB/T 9704", async () => {
    const { xml } = await readLetter();
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
    at: "2020年6月5日 09:22",
    bytes: 1025,
    sha256: "ab".repeat(32),
    sentSha256: "cd".repeat(32),
  };
  const read = async (rows: (typeof row)[]) =>
    readDocument(await wordDocument(evidenceListModel({ body: OFFICE, no: "1号", rows, marks: [] })));

  test("gives both hashes of each file whole", async () => {
    expect((await read([row])).tables[0]?.[1]).toEqual([
      "1",
      "NT-2020-000006\n整改前照片，2 KB\n现场.jpg",
      "海安联络员\n2020年6月5日 09:22",
      `存档\n${"ab".repeat(32)}\n原件\n${"cd".repeat(32)}`,
    ]);
  });

  test("without evidence it says so, and has no empty table", async () => {
    const { paragraphs, tables } = await read([]);
    expect(paragraphs).toContain("没有佐证文件。");
    expect(tables).toEqual([]);
  });

  test("a name that turns its direction, and characters that XML can't hold, do no harm", async () => {
    const name = "现场\u202Egpj.exe\u0000\u0007<b>&\uD800\t一";
    expect((await read([{ ...row, name }])).tables[0]?.[1]?.[1]).toBe(
      "NT-2020-000006\n整改前照片，2 KB\n现场gpj.exe<b>& 一",
    );
  });
});

test("the same data gives the same bytes, with no moment of their making", async () => {
  const draw = async () => wordDocument(transferLetterModel(letter({ signed: null })));
  const first = await draw();
  // The package writes times in milliseconds and an archive in two seconds: both have moved on.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await draw()).toEqual(first);
  const { properties } = readDocument(first);
  expect(properties).toContain("南通市打好污染防治攻坚战指挥部办公室");
  expect(properties).not.toMatch(/created|modified>|Un-named/);
});
