import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

// One issue through three rounds: rejected by the city, then come back after it was closed.

const NO = "NT-2020-000006";
const GIVEN = "整改前后照片齐全，已覆盖";

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeAll(async () => {
  office = await anOffice();
  sends = sendingTo(office);
});
afterAll(() => office.close());

const submits = async () => {
  await office.says("海安联络员", NO);
  return office.presses("海安联络员", "提交整改", { measures: GIVEN });
};
const judged = async (label: string, fill = {}) => {
  await office.says("海安领导", NO);
  await office.presses("海安领导", "县级确认");
  await office.says("督查", NO);
  return office.presses("督查", label, fill);
};
const docxOf = (bytes: Uint8Array) => strFromU8(unzipSync(bytes)["word/document.xml"] as Uint8Array);

test("after 复核不通过 the after-photo of the round before counts no more; the before-photo does", async () => {
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${NO} 整改前`, { name: "裸土.jpg" });
  await sends("海安联络员", `${NO} 整改后`, { name: "苫盖.jpg" });
  expect((await submits()).code).toBeNull();
  await judged("复核不通过", { text: "仍有裸土" });

  const card = await office.says("海安联络员", NO);
  expect(card.text).toContain(
    `这是第2轮整改，以前的整改后照片不算。提交整改前请把照片发给我，说明写“${NO} 整改后”`,
  );
  expect(card.text).not.toContain(`${NO} 整改前”或`);
  expect(await office.presses("海安联络员", "提交整改", { measures: GIVEN })).toMatchObject({
    code: "usage",
    message: `还缺整改后照片1张，不能提交。这是第2轮整改，须有新的整改后照片，以前的不算。请把照片发给我，说明写“${NO} 整改后”。`,
  });
  await sends("海安联络员", `${NO} 整改后`, { name: "再苫盖.jpg" });
  expect((await submits()).code).toBeNull();
});

test("after 反弹 another round begins, and asks for an after-photo again", async () => {
  await judged("复核通过");
  await office.says("市办", `问题 ${NO} 更多`);
  await office.presses("市办", "重新整改（反弹）", { text: "又裸露", due: "5个工作日" });
  expect((await submits()).message).toContain("这是第3轮整改");
  await sends("海安联络员", `${NO} 整改后`, { name: "三苫盖.jpg" });
  expect((await submits()).code).toBeNull();
});

test("card, 照片 and ledger show the rounds apart, and the old ones stay", async () => {
  const card = await office.says("督查", NO);
  expect(card.text).toContain(
    "第1轮：整改前照片1张，整改后照片1张；第2轮：整改后照片1张；第3轮：整改后照片1张",
  );
  expect(card.facts.issue.evidence.map((e: { round: number }) => e.round)).toEqual([1, 1, 2, 3]);
  const names = ["第1轮 裸土.jpg", "第1轮 苫盖.jpg", "第2轮 再苫盖.jpg", "第3轮 三苫盖.jpg"];
  expect(card.card.files?.map(({ name }) => name)).toEqual(names);

  const photos = await office.says("督查", `照片 ${NO}`);
  const blocks = photos.card.blocks.map((block) =>
    block.kind === "table"
      ? block.rows.map(([kind, name]) => `${kind} ${name}`)
      : "text" in block && block.text,
  );
  expect(blocks.slice(0, 6)).toEqual([
    "第1轮",
    ["整改前照片 裸土.jpg", "整改后照片 苫盖.jpg"],
    "第2轮",
    ["整改后照片 再苫盖.jpg"],
    "第3轮",
    ["整改后照片 三苫盖.jpg"],
  ]);

  await office.says("市办", "问题 海安 导出");
  const made = await office.opens("市办", "问题台账.xlsx");
  const cells = Object.values(unzipSync(made.bytes))
    .map((part) => strFromU8(part))
    .join("");
  expect(cells).toContain("第1轮：裸土.jpg；苫盖.jpg\n第2轮：再苫盖.jpg\n第3轮：三苫盖.jpg");
});

test("销号单 and the transfer's files name the round of each picture", async () => {
  await readyToTransfer(office, NO);
  const { facts } = await office.says("市办", `移送 ${NO} “反复反弹”`);
  const bundle = unzipSync((await office.opens("市办", `${facts.transfer.no}移送材料.zip`)).bytes);
  expect(Object.keys(bundle)).toEqual(
    expect.arrayContaining([`${NO}_第1轮_裸土.jpg`, `${NO}_第2轮_再苫盖.jpg`, `${NO}_第3轮_三苫盖.jpg`]),
  );
  const list = docxOf(bundle["证据清单.docx"] as Uint8Array);
  for (const words of ["第1轮整改前照片", "第2轮整改后照片", "第3轮整改后照片"])
    expect(list).toContain(words);

  await office.says("市领导", "今日");
  await office.presses("市领导", "不同意移送", { text: "先复核" });
  await judged("复核通过");
  await office.says("海安领导", NO);
  const slip = docxOf((await office.opens("海安领导", `${NO}销号单.docx`)).bytes);
  for (const words of ["第1轮整改前照片", "第2轮整改后照片", "第3轮整改后照片"])
    expect(slip).toContain(words);
});

test("an issue of one round shows no rounds", async () => {
  const no = (await office.says("市办", "交办 海安 “料堆未覆盖” 5个工作日")).facts.issue.no;
  await office.says("海安联络员", no);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${no} 整改前`);
  expect((await office.says("海安联络员", no)).text).not.toMatch(/第\d轮/);
  expect((await office.says("海安联络员", `照片 ${no}`)).text).not.toMatch(/第\d轮/);
});
