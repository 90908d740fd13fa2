import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { sweep } from "../../src/ops/sweep.ts";
import { makePaperFiles } from "../../src/papers/make-files.ts";
import { bulletin, issues } from "../support/bulletin.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let drawn = 0;
let inserted = 0;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  const paper = bulletin(
    {},
    {
      // Each time it is drawn it is other bytes: what is kept is told from what is drawn anew.
      async workbook({ pm25 }) {
        drawn += 1;
        return new TextEncoder().encode(`${pm25} drawn ${drawn}`);
      },
      inserts: async () => {
        inserted += 1;
        return new Map();
      },
      document: ({ pm25 }, { stamp }) => ({
        name: "每日快讯",
        creator: stamp.body,
        marks: stamp.marks,
        margins: "letter",
        blocks: [
          { kind: "title", lines: ["每日快讯"], below: stamp.number ?? "（待签发）" },
          { kind: "text", text: `海安PM2.5 ${pm25}` },
        ],
      }),
    },
  );
  issues(office, paper);
  await office.advanceTo("2020-06-17T09:00");
});
afterAll(() => office.close());

const made = async () => makePaperFiles({ ...office.bot, context: await contextOf(office.bot) });
const bytesOf = async (who: string, name: string) => Buffer.from((await office.opens(who, name)).bytes);

test("the signer reads pages and Word of the draft, and nothing of it is kept", async () => {
  await office.presses("市办", "审核通过");
  await office.says("市领导", "文件 1号");
  const title = "每日快讯（2020-06-16）";
  expect((await bytesOf("市领导", `${title} 第1页.png`)).subarray(1, 4).toString()).toBe("PNG");
  expect((await bytesOf("市领导", `${title}.docx`)).subarray(0, 2).toString()).toBe("PK");
  expect(await made()).toBe(0);
  expect((await office.says("市领导", "文件 1号")).facts.files).toEqual([]);
});

test("files of an issued paper are made once, by whoever is first, and every copy is those bytes", async () => {
  await office.presses("市领导", "签发");
  const name = "快讯〔2020〕1号 每日快讯（2020-06-16）";
  await office.says("海安领导", "文件 1号");
  const first = await bytesOf("海安领导", `${name}.xlsx`);
  const before = inserted;
  expect(await made()).toBe(2);
  expect(await made()).toBe(0);
  expect(inserted - before, "page and Word file have the same charts").toBe(1);
  const times = drawn;
  expect((await bytesOf("海安领导", `${name}.xlsx`)).equals(first)).toBe(true);
  await office.says("市办", "文件 1号 Excel");
  expect((await bytesOf("市办", `${name}.xlsx`)).equals(first)).toBe(true);
  expect(drawn).toBe(times);
  const { files } = (await office.says("市办", "文件 1号")).facts;
  expect(files.map((file: { name: string }) => file.name).toSorted()).toEqual([
    `${name} 第1页.png`,
    `${name}.docx`,
    `${name}.xlsx`,
  ]);
});

test("two who open it at once get the same bytes", async () => {
  await office.advanceTo("2020-06-18T09:00");
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  const name = "快讯〔2020〕2号 每日快讯（2020-06-17）.xlsx";
  for (const who of ["海安领导", "如皋领导"]) await office.says(who, "文件 2号");
  const [one, other] = await Promise.all([bytesOf("海安领导", name), bytesOf("如皋领导", name)]);
  expect(one.equals(other)).toBe(true);
});

test("data that are corrected later change no byte of it, and sweeping the vault leaves it", async () => {
  const { figures, files } = (await office.says("市办", "文件 1号")).facts;
  const copy = await bytesOf("市办", files[0].name);
  await importText(office, ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", "2020-06-16,海安,99,110,8,30,0.7,90"]);
  await sweep(office.bot, () => Date.now() + 2 * 86_400_000);
  expect((await office.says("市办", "文件 1号")).facts).toMatchObject({ figures, files });
  expect((await bytesOf("市办", files[0].name)).equals(copy)).toBe(true);
});
