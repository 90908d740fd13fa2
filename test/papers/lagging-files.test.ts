import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { makePaperFiles } from "../../src/papers/make-files.ts";
import { officialFile } from "../../src/papers/paper-files.ts";
import type { Person } from "../../src/store/people.ts";
import { readDocument } from "../output/document.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/** A lag warning goes to each county and department with its own rows: so do its files. */
let office: AnOffice;
let no: string;
beforeAll(async () => {
  office = await anOffice();
  await office.advanceTo("2020-06-16T12:00");
  no = (await office.says("市办", "文件 滞后预警")).facts.rows[0].no;
});
afterAll(() => office.close());

const NAME = "通气办预〔2020〕1号 任务滞后预警（2020年6月16日）";
const opened = async (who: string, name: string) => {
  await office.says(who, `文件 ${no}`);
  return (await office.opens(who, name)).bytes;
};
const taskRows = (bytes: Uint8Array) =>
  (readDocument(bytes).tables[0] ?? []).filter(([level = ""]) => /^(红|黄|未报)$/.test(level));

test("a county's Word is a letter to it with its own tasks, the city's has all of them and whose each is", async () => {
  const whole = await opened("市办", `${NAME}.docx`);
  const own = await opened("如东领导", `${NAME} 如东.docx`);
  const said = readDocument(own).paragraphs.join("\n");
  for (const words of [
    "关于如东县重点任务滞后的预警",
    "如东县人民政府：",
    "预警级别：一般提醒。",
    "请分析滞后原因，并答复赶上进度的日期。",
    "通气办预〔2020〕1号",
  ])
    expect(said).toContain(words);
  const [mine, all] = [taskRows(own), taskRows(whole)];
  expect(mine.length).toBeGreaterThan(0);
  expect(all.length).toBeGreaterThan(mine.length);
  expect(mine.map((row) => row.slice(0, 8))).toEqual(
    all.filter((row) => row.at(-1) === "如东").map((row) => row.slice(0, 8)),
  );
});

test("its list is figures, dates and words to be reckoned with", async () => {
  const bytes = await opened("城管联络员", `${NAME} 城管.xlsx`);
  const data = (await readXlsx(Buffer.from(bytes))).flatMap((sheet) => sheet.data);
  const heads = data.find((row) => row[0] === "级别") ?? [];
  const rows = data.slice(data.indexOf(heads) + 1).filter((row) => /^(红|黄|未报)$/.test(String(row[0])));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row[heads.indexOf("期限")]).toBeInstanceOf(Date);
    expect(row[heads.indexOf("目标")]).toEqual(expect.any(Number));
    expect(row[heads.indexOf("连续期数")]).toBe(1);
  }
});

test("who stands for one unit is shown nothing of the others', and opens none of their files", async () => {
  const { card, facts } = await office.says("如东领导", `文件 ${no}`);
  expect(card.files?.every(({ name }) => name.includes(" 如东"))).toBe(true);
  expect(facts.figures.rows.every(({ county }: { county: string }) => county === "如东")).toBe(true);
  await opened("如东领导", `${NAME} 如东.docx`);
  const { files } = (await office.says("如东领导", `文件 ${no}`)).facts;
  expect(files.map(({ name }: { name: string }) => name)).toEqual([`${NAME} 如东.docx`]);
  const { person } = await office.speakerOf("如东领导");
  const context = await contextOf(office.bot);
  const opens = (look: string) =>
    office.bot.store.read((store) => {
      const params = { paper: Number.parseInt(no, 10), look, version: 1 };
      return officialFile.data({ params, person: person as Person }, { ...context, store });
    });
  for (const look of ["word", "excel@/city-management", "page-1"])
    expect(await opens(look)).toMatchObject({ code: "forbidden" });
  expect(await opens(`word@${person?.regionId}/`)).toMatchObject({ kind: expect.any(String) });
});

test("each copy is the bytes that were kept when it was opened first; the city's are made at once", async () => {
  const first = await opened("如东领导", `${NAME} 如东.docx`);
  await makePaperFiles({ ...office.bot, context: await contextOf(office.bot) });
  const { files } = (await office.says("市办", `文件 ${no}`)).facts;
  const names = files.map(({ name }: { name: string }) => name);
  expect(names).toEqual(
    expect.arrayContaining([`${NAME}.docx`, `${NAME}.xlsx`, `${NAME} 第1页.png`, `${NAME} 如东.docx`]),
  );
  expect(await opened("如东联络员", `${NAME} 如东.docx`)).toEqual(first);
});

test("a correction tells each unit of its own figures alone, on the card and in its file", async () => {
  const FUME = "餐饮油烟治理项目";
  await importText(office, ["日期,措施,指标,县区,完成值,说明", `2020-06-12,13,${FUME},,18,更正`]);
  const { facts } = await office.says("市办", `更正公文 ${no}`);
  await office.advanceTo("2020-06-16T13:00");
  const told = async (who: string) => {
    const { text } = await office.says(who, `文件 ${facts.no}`);
    const file = (await office.says(who, `文件 ${facts.no} Word`)).card.files?.[0]?.name ?? "";
    const { paragraphs, tables } = readDocument((await office.opens(who, file)).bytes);
    return { text, word: `${paragraphs.join("")}${tables.flat(2).join("")}` };
  };
  const none = "有更正，与本单位有关的数字没有变化";
  for (const who of ["市办", "城管联络员"])
    for (const said of Object.values(await told(who))) {
      expect(said).toContain("有1处数字更正如下");
      expect(said).toContain(FUME);
    }
  for (const said of Object.values(await told("如东领导"))) {
    expect(said).toContain(none);
    expect(said).not.toContain(FUME);
  }
});
