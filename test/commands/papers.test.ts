import { afterEach, beforeEach, expect, test } from "vitest";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const NO = "NT-2020-000006";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

/** The paper that a phrase is answered with, as a reader of Word finds it. */
async function paperOf(who: string, phrase: string) {
  const { card } = await office.says(who, phrase);
  const [first] = card.files ?? [];
  return readDocument((await office.opens(who, first?.name ?? "")).bytes);
}
const saidOf = (paper: ReturnType<typeof readDocument>, label: string) =>
  paper.tables[0]?.find(([head]) => head === label)?.[1];

test("交办单 is the order as it was given: whose, what, until when, by which number, signed by the office", async () => {
  const { facts } = await office.says(
    "市办",
    "交办 海安 城管局主办 住建局、如皋协办 抄送公安局 “夜市油烟直排” 餐饮油烟 3个工作日",
  );
  const { no, orderNo } = facts.issue;
  const paper = await paperOf("海安联络员", `交办单 ${no}`);
  expect(paper.paragraphs.slice(0, 3)).toEqual([
    "大气污染问题交办单",
    orderNo,
    "海安市人民政府、南通市城市管理局：",
  ]);
  expect(saidOf(paper, "问题描述")).toBe("夜市油烟直排");
  expect(saidOf(paper, "问题编号")).toBe(no);
  expect(saidOf(paper, "协办单位")).toBe("南通市住房和城乡建设局、如皋");
  expect(paper.paragraphs).toContain("请于2020年6月18日前整改到位。");
  expect(paper.paragraphs).toContain("抄送：南通市公安局。");
  expect(paper.paragraphs).toEqual(
    expect.arrayContaining(["南通市大气污染防治联席会议办公室", "2020年6月15日"]),
  );
});

test("an extension changes no order: its paper keeps the deadline that was ordered, a correction shows in it", async () => {
  await office.says("海安联络员", `签收 ${NO}`);
  await office.says("海安联络员", `申请延期 ${NO} 7月6日 “防尘网到货迟，期间洒水”`);
  await office.says("市办", `同意 ${NO} “请抓紧”`);
  expect((await paperOf("市办", `交办单 ${NO}`)).paragraphs).toContain("请于2020年6月28日前整改到位。");
  const fresh = (await office.says("市办", "交办 海安 “道路积尘” 3个工作日")).facts.issue.no;
  await office.says("市办", `更正 ${fresh} 时限 6月30日`);
  expect((await paperOf("市办", `交办单 ${fresh}`)).paragraphs).toContain("请于2020年6月30日前整改到位。");
});

test("延期批复 answers what was asked, granted or not, each by its own number", async () => {
  await office.says("海安联络员", `签收 ${NO}`);
  await office.says("海安联络员", `申请延期 ${NO} 7月6日 “防尘网到货迟”`);
  await office.says("市办", `不同意 ${NO} “理由不足”`);
  const refused = await paperOf("海安联络员", `延期批复 ${NO}`);
  expect(refused.paragraphs).toContain("通气办延〔2020〕1号");
  expect(refused.paragraphs).toContain("不同意延期，整改期限仍为2020年6月28日。");
  expect(refused.paragraphs).toContain("理由：理由不足。");
  await office.says("海安联络员", `申请延期 ${NO} 7月8日 “防尘网仍未到”`);
  await office.says("市办", `同意 ${NO}`);
  const { facts, card } = await office.says("海安联络员", `延期批复 ${NO}`);
  expect(facts.papers.map(({ no }: { no: string }) => no)).toEqual([
    "通气办延〔2020〕1号",
    "通气办延〔2020〕2号",
  ]);
  // The newest first, with its pages; the older one as a file alone.
  expect(card.files?.map(({ name }) => name)).toEqual([
    `${NO}延期批复 通气办延〔2020〕2号.docx`,
    `${NO}延期批复 通气办延〔2020〕2号第1页.png`,
    `${NO}延期批复 通气办延〔2020〕1号.docx`,
  ]);
  const granted = await paperOf("海安联络员", `延期批复 ${NO}`);
  expect(granted.paragraphs.join("")).toContain("由2020年6月28日延至2020年7月8日的申请（防尘网仍未到）收悉");
  expect(granted.paragraphs).toContain("同意延期，整改期限延至2020年7月8日。");
});

test("督办单 says who signed it, and how late the issue was on that day", async () => {
  await office.says("市领导", "挂牌督办 NT-2020-000001 “三日内整改到位”");
  const paper = await paperOf("如皋领导", "督办单 1");
  expect(paper.paragraphs[1]).toBe("通气办督〔2020〕1号　　签发人：市领导");
  expect(paper.paragraphs).toContain("三日内整改到位。");
  expect(paper.paragraphs).toContain("2020年6月1日交办，整改期限2020年6月4日，截至2020年6月15日超期11天。");
});

test("an order that was taken back says so at the head of each page", async () => {
  const { no } = (await office.says("市办", "交办 海安 “发错的” 3个工作日")).facts.issue;
  await office.says("市办", `撤回 ${no} “发错了”`);
  expect((await paperOf("市办", `交办单 ${no}`)).header).toContain("已作废（撤回：发错了）");
});

test("公文 and Word are all papers of an issue; more buttons lead to them, and each kind asks for what it needs", async () => {
  expect((await office.says("海安联络员", `问题 ${NO} 更多`)).labels).toContain("公文");
  for (const phrase of [`公文 ${NO}`, `Word ${NO}`, "Word 6", "问题 6 Word版"])
    expect((await office.says("海安联络员", phrase)).facts.papers, phrase).toEqual([
      { kind: "order", no: "通气办交〔2020〕6号", void: false },
    ]);
});

test.each([
  ["海安联络员", `督办单 ${NO}`, "usage", "没有挂牌督办过"],
  ["海安联络员", `延期批复 ${NO}`, "usage", "没有批复过延期"],
  ["海安联络员", `销号单 ${NO}`, "usage", "还没有销号"],
  ["如东联络员", `交办单 ${NO}`, "forbidden", "权限范围"],
  ["海安联络员", "交办单 NT-2020-000099", "unknown-issue", "NT-2020-000099"],
  ["海安联络员", "交办单", "usage", "问题编号"],
])("%s: %s is refused as %s", async (who, phrase, code, says) => {
  const answer = await office.says(who, phrase);
  expect([answer.code, answer.message]).toEqual([code, expect.stringContaining(says)]);
});
