import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { open } from "../../src/bot/router.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { timelinePicture } from "../../src/output/timeline.ts";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

const HAIAN = "NT-2020-000006";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

async function sends(who: string, caption: string, color: string) {
  const person = await office.bot.store.read((r) => r.people.byName(who));
  const bytes = await sharp({ create: { width: 80, height: 60, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
  const identity = { platform: "terminal", workspace: "", userKey: who } as const;
  const answer = await receiveFile(
    office.bot,
    { identity, person },
    { name: "现场.jpg" },
    async () => bytes,
    {
      caption,
    },
  );
  if (isRefusal(answer)) throw new Error(answer.message);
}

async function closed({ extended = false, rejected = false } = {}) {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
  if (extended) {
    await office.says("海安联络员", `申请延期 ${HAIAN} 7月6日 “防尘网到货迟”`);
    await office.says("市办", `同意 ${HAIAN}`);
  }
  await sends("海安联络员", `${HAIAN} 整改前`, "#884422");
  if (rejected) {
    await handsIn("#228866", "裸土已全部覆盖", "属实");
    await office.says("督查", HAIAN);
    await office.presses("督查", "复核不通过", { text: "北侧仍有裸土" });
  }
  await handsIn("#228844", rejected ? "北侧已覆盖" : "裸土已全部覆盖", rejected ? "" : "属实");
  await office.says("督查", HAIAN);
  await office.presses("督查", "复核通过", { text: "现场核查属实" });
}

async function handsIn(color: string, measures: string, opinion: string) {
  await sends("海安联络员", `${HAIAN} 整改后`, color);
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "提交整改", { measures });
  await office.says("海安领导", HAIAN);
  await office.presses("海安领导", "县级确认", opinion === "" ? {} : { text: opinion });
}

const xmlOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)["word/document.xml"] as Uint8Array);

test("销号单 says what was wrong, what was done in each round, who found what, and shows both pictures", async () => {
  await closed({ extended: true, rejected: true });
  await office.says("海安领导", HAIAN);
  const made = await office.opens("海安领导", `${HAIAN}销号单.docx`);
  expect(made.name).toBe(`${HAIAN}销号单.docx`);
  const slip = readDocument(made.bytes);
  const [form = []] = slip.tables;
  expect(slip.paragraphs).toContain(`编号：${HAIAN}　交办文号：通气办交〔2020〕6号`);
  const row = (label: string) =>
    form.filter(([head]) => head === label).map((cells) => cells.slice(1).join(" "));
  expect(row("责任地区")).toEqual(["海安市人民政府 责任单位 南通市住房和城乡建设局"]);
  expect(row("整改期限")).toEqual([
    "原定2020年6月28日；2020年6月15日同意延期至2020年7月6日（通气办延〔2020〕1号）",
  ]);
  expect(row("第1轮整改")).toEqual(["裸土已全部覆盖\n提交：2020年6月15日 08:30　海安联络员（海安市联络员）"]);
  expect(row("第2轮整改")).toEqual(["北侧已覆盖\n提交：2020年6月15日 08:30　海安联络员（海安市联络员）"]);
  expect(row("县级意见")).toEqual([
    "县级确认：属实　海安领导（海安市领导）　2020年6月15日 08:30",
    "县级确认　海安领导（海安市领导）　2020年6月15日 08:30",
  ]);
  expect(row("市级意见")).toEqual([
    "退回整改：北侧仍有裸土　督查　2020年6月15日 08:30",
    "复核通过：现场核查属实　督查　2020年6月15日 08:30",
  ]);
  expect(slip.paragraphs.filter(Boolean).slice(-2)).toEqual([
    "南通市大气污染防治联席会议办公室",
    "2020年6月15日",
  ]);
  expect(slip.pictures.length).toBeGreaterThanOrEqual(2);
  // Every picture that the text refers to is there.
  const relations = strFromU8(slip.files["word/_rels/document.xml.rels"] as Uint8Array);
  for (const [, id] of slip.xml.matchAll(/r:embed="([^"]+)"/g)) expect(relations).toContain(`Id="${id}"`);
});

test("an issue that isn't closed has none, and nobody else opens it", async () => {
  await closed();
  const card = (await office.says("海安领导", HAIAN)).card;
  const token = card.files?.find((f) => f.name.endsWith("销号单.docx"))?.token ?? "";
  const stranger = await office.bot.store.read((r) => r.people.byName("如东联络员"));
  const identity = { platform: "terminal", workspace: "", userKey: "x" } as const;
  expect(await open(office.bot, { identity, person: stranger }, token)).toMatchObject({
    code: "stale-action",
  });
  expect(await open(office.bot, { identity, person: null }, token)).toMatchObject({ code: "not-linked" });
  await office.says("市办", `问题 ${HAIAN} 更多`);
  await office.presses("市办", "重新整改（反弹）", { text: "又裸露", due: "5个工作日" });
  const lead = await office.bot.store.read((r) => r.people.byName("海安领导"));
  expect(await open(office.bot, { identity, person: lead }, token)).toMatchObject({
    code: "usage",
    message: expect.stringContaining("还没有销号"),
  });
});

test("经过 is a picture as wide as a phone can show", async () => {
  await closed();
  await office.says("海安领导", `经过 ${HAIAN}`);
  const picture = await office.opens("海安领导", `${HAIAN}经过图.png`);
  const { width, height, format } = await sharp(picture.bytes).metadata();
  expect([format, width]).toEqual(["png", 1200]);
  expect(height).toBeGreaterThan(400);
  expect((await office.says("如东联络员", `经过 ${HAIAN}`)).code).toBe("forbidden");
});

test("the bundle for discipline inspection holds letter, records, ledger, courses and evidence, with each hash", async () => {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${HAIAN} 整改前`, "#884422");
  await office.says("市办", `催办 ${HAIAN}`);
  await readyToTransfer(office, HAIAN);
  const { facts } = await office.says("市办", `移送 ${HAIAN} “拒不整改”`);
  const name = facts.transfer.no as string;
  const draft = await office.opens("市办", `${name}移送材料.zip`);
  expect(draft.name).toContain("待审批");
  const asDraft = readDocument(unzipSync(draft.bytes)[`${name}移送函.docx`] as Uint8Array);
  expect(asDraft.header).toContain("待审批稿");
  expect(asDraft.paragraphs).toContain("通攻坚办移〔2020〕　号（待签发）");

  await office.says("市领导", "今日");
  await office.presses("市领导", "同意移送");
  const number = "通攻坚办移〔2020〕1号";
  const final = await office.opens("市领导", `${number}移送材料.zip`);
  const files = unzipSync(final.bytes);
  expect(Object.keys(files).toSorted()).toEqual(
    [
      `${number}移送函.docx`,
      "调查和督促记录.docx",
      "问题台账.xlsx",
      "证据清单.docx",
      `${HAIAN}经过图.png`,
      `${HAIAN}_现场.jpg`,
      "清单.txt",
    ].toSorted(),
  );
  const list = strFromU8(files["清单.txt"] as Uint8Array);
  for (const [file, bytes] of Object.entries(files)) {
    if (file === "清单.txt") continue;
    expect(list).toContain(
      `${createHash("sha256").update(bytes).digest("hex")}  ${bytes.byteLength}  ${file}`,
    );
  }
  const photo = createHash("sha256")
    .update(files[`${HAIAN}_现场.jpg`] as Uint8Array)
    .digest("hex");
  expect(xmlOf(files["证据清单.docx"] as Uint8Array)).toContain(photo);

  const letter = readDocument(files[`${number}移送函.docx`] as Uint8Array);
  const said = letter.paragraphs.join("\n");
  for (const words of [
    "关于移送海安市人民政府、\n南通市住房和城乡建设局\n大气污染问题线索的函",
    `${number}　　签发人：市领导`,
    "中共南通市纪律检查委员会、南通市监察委员会：",
    "2020年6月12日，张三、李四调查：现场仍未整改。",
    "2020年6月15日督促2次（催办1次、整改超期提醒1次），送达",
    "拒不整改",
    "4．证据清单及佐证文件",
    "南通市打好污染防治攻坚战指挥部办公室",
    "2020年6月15日",
  ])
    expect(said).toContain(words);
  expect(said).not.toContain("待");
  const records = readDocument(files["调查和督促记录.docx"] as Uint8Array).tables;
  expect(records[0]?.[1]?.slice(0, 3)).toEqual([HAIAN, "2020年6月12日\n张三、李四", "现场仍未整改"]);
  expect(records[1]?.slice(1).map((row) => row[3])).toEqual(["催办", "整改超期提醒"]);
  expect(records[1]?.[1]?.[4]).toContain("海安联络员（海安市联络员）");
});

test("a file without evidence claims none", async () => {
  await readyToTransfer(office, HAIAN);
  await office.says("市办", `移送 ${HAIAN} “拒不整改”`);
  const letter = readDocument((await office.opens("市办", "移送件2020-1移送函.docx")).bytes);
  expect(letter.paragraphs.join("")).not.toContain("证据");
});

test("every page, sheet, slip and archive of a demonstration says so", async () => {
  await closed();
  const marked: string[] = [];
  const holds = async (who: string, phrase: string) => {
    const { card } = await office.says(who, phrase);
    for (const file of card.files ?? []) {
      const made = await office.opens(who, file.name);
      if (made.type === "image/jpeg" || made.type === "image/png") continue;
      const parts = Object.values(unzipSync(made.bytes)).map((part) => strFromU8(part));
      expect(parts.join(""), made.name).toContain("演示数据，非真实监测结果");
      marked.push(made.name.replace(/[-（ ].*(?=\.)/, ""));
    }
  };
  await readyToTransfer(office, "NT-2020-000001");
  for (const phrase of [
    `公文 ${HAIAN}`,
    "问题 导出",
    "文号 导出",
    "排名 5月 导出",
    "周通报 Word",
    "移送 NT-2020-000001 “拒不整改”",
  ])
    await holds("市办", phrase);
  await holds("住建联络员", "填报表");
  expect(new Set(marked).size).toBeGreaterThan(6);
  // A picture has no text to be read: with the mark it is another one.
  const course = { no: "1", title: "裸土", county: "海安", state: "整改中", zone: "Asia/Shanghai" };
  const drawn = {
    ...course,
    phases: [{ name: "整改", from: 0, to: 864e5, tone: "work" as const }],
    marks: [],
    due: 864e5,
  };
  const [plain, marks] = [await timelinePicture(drawn, []), await timelinePicture(drawn, ["演示数据"])];
  expect((await sharp(marks).metadata()).height).toBeGreaterThan((await sharp(plain).metadata()).height ?? 0);
});

test("evidence that was changed on the disk is never handed out", async () => {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${HAIAN} 整改前`, "#884422");
  const { facts } = await office.says("海安联络员", `照片 ${HAIAN}`);
  const [{ sha256 }] = facts.evidence;
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${office.file.replace(/\.db$/, "")}-files/${sha256.slice(0, 2)}/${sha256}`, "另一张");
  await expect(office.opens("海安联络员", "现场.jpg")).rejects.toThrow(/has been changed/);
});

test("图片 draws the table of any answer that its reader may ask for", async () => {
  const { facts, card } = await office.says("海安联络员", "图片 排名 5月");
  expect(facts).toMatchObject({ phrase: "排名 5月", pictures: 1 });
  const picture = await office.opens("海安联络员", card.files?.[0]?.name ?? "");
  expect((await sharp(picture.bytes).metadata()).format).toBe("png");
  expect((await office.says("海安联络员", "图片 如东")).code).toBe("forbidden");
  expect((await office.says("海安联络员", "图片 交办 海安 裸土 3日")).code).toBe("usage");
  expect((await office.says("海安联络员", "图片 启东 排")).code).not.toBeNull();
});
