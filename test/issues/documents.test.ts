import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { open } from "../../src/bot/router.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

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

async function closed() {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${HAIAN} 整改前`, "#884422");
  await sends("海安联络员", `${HAIAN} 整改后`, "#228844");
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "提交整改", { measures: "裸土已全部覆盖" });
  await office.says("海安领导", HAIAN);
  await office.presses("海安领导", "县级确认", { text: "属实" });
  await office.says("督查", HAIAN);
  await office.presses("督查", "复核通过", { text: "现场核查属实" });
}

const xmlOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)["word/document.xml"] as Uint8Array);

test("销号单 says what was wrong, what was done, who found it good, and shows both pictures", async () => {
  await closed();
  await office.says("海安领导", HAIAN);
  const slip = await office.opens("海安领导", `${HAIAN}销号单.docx`);
  expect(slip.name).toBe(`${HAIAN}销号单.docx`);
  const xml = xmlOf(slip.bytes);
  for (const words of [
    "大气污染问题销号单",
    "工地裸土未覆盖，出入口未冲洗",
    "南通市住房和城乡建设局",
    "裸土已全部覆盖",
    "属实",
    "现场核查属实",
    "2020年6月28日",
    "海安联络员",
    "整改前照片",
    "整改后照片",
  ])
    expect(xml).toContain(words);
  const parts = unzipSync(slip.bytes);
  expect(Object.keys(parts).filter((name) => name.startsWith("word/media/"))).toHaveLength(2);
  // Every picture that the text refers to is there.
  const relations = strFromU8(parts["word/_rels/document.xml.rels"] as Uint8Array);
  for (const [, id] of xml.matchAll(/r:embed="([^"]+)"/g)) expect(relations).toContain(`Id="${id}"`);
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

test("the bundle for discipline inspection holds letter, ledger, courses and evidence, with the hash of each", async () => {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${HAIAN} 整改前`, "#884422");
  const { facts } = await office.says("市办", `移送 ${HAIAN} “拒不整改”`);
  const draft = await office.opens("市办", `${facts.transfer.no}移送材料.zip`);
  expect(draft.name).toContain("待审批");
  expect(xmlOf(unzipSync(draft.bytes)[`${facts.transfer.no}移送函.docx`] as Uint8Array)).toContain(
    "待审批稿",
  );

  await office.says("市领导", "今日");
  await office.presses("市领导", "同意移送");
  const final = await office.opens("市领导", `${facts.transfer.no}移送材料.zip`);
  const files = unzipSync(final.bytes);
  expect(Object.keys(files).toSorted()).toEqual(
    [
      `${facts.transfer.no}移送函.docx`,
      "问题台账.xlsx",
      "证据清单.docx",
      `${HAIAN}经过图.png`,
      `${HAIAN}_现场.jpg`,
      "清单.txt",
    ].toSorted(),
  );
  const list = strFromU8(files["清单.txt"] as Uint8Array);
  for (const [name, bytes] of Object.entries(files)) {
    if (name === "清单.txt") continue;
    expect(list).toContain(
      `${createHash("sha256").update(bytes).digest("hex")}  ${bytes.byteLength}  ${name}`,
    );
  }
  const photo = createHash("sha256")
    .update(files[`${HAIAN}_现场.jpg`] as Uint8Array)
    .digest("hex");
  expect(xmlOf(files["证据清单.docx"] as Uint8Array)).toContain(photo);
  const letter = xmlOf(files[`${facts.transfer.no}移送函.docx`] as Uint8Array);
  for (const words of [
    "关于移送海安（住建）整改不力问题的函",
    "中共南通市纪律检查委员会",
    "拒不整改",
    "2020年6月15日",
  ])
    expect(letter).toContain(words);
  expect(letter).not.toContain("待审批稿");
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
