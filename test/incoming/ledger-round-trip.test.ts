import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BroughtIn, importFile } from "../../src/incoming/import-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// The exported ledger comes back and changes nothing, whoever has saved it meanwhile.

const run = promisify(execFile);
/** LibreOffice's part for workbooks: Debian packs it apart from the one for Word papers. */
const calc = "/usr/bin/soffice";
const opensWorkbooks = existsSync(calc) && existsSync(join(dirname(realpathSync(calc)), "libsclo.so"));
if (!opensWorkbooks)
  console.warn("LibreOffice Calc isn't installed: what it makes of the exported ledger is not tested");

type File = { name: string; bytes: Uint8Array };
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

async function brings(file: File): Promise<BroughtIn> {
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  const result = await importFile(office.bot, file, { person, partial: false });
  if ("code" in result) throw new Error(`${result.message} ${JSON.stringify(result.rejected)}`);
  return result;
}
const csv = (text: string): File => ({ name: "台账.csv", bytes: new TextEncoder().encode(text) });
const all = () => office.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1000));
async function exported(): Promise<File> {
  await office.says("市办", "问题 全部 导出");
  return office.opens("市办", "问题台账.xlsx");
}

/** Issues of every state, region and wording. */
async function everything() {
  await office.says("市办", "交办", {
    county: "海安",
    title: "=1+1  “引号”，@某处 裸土",
    level: "较大",
    batch: "省第3批",
    category: "工地扬尘",
    town: "城东镇",
    place: "东城花园 3号",
    requirement: "立即覆盖",
    department: "住建局",
    helping: "城管局、港闸",
  });
  await brings(
    csv(
      [
        "编号,来源,县区,问题描述,类别,责任单位,配合单位,整改要求,交办时间,整改时限,状态,销号时间,照片",
        "督1号,12345热线,海安,西郊家园裸土未覆盖,施工扬尘,海安市住建局,海安市城管局,立即覆盖,,2020-06-27,,,1.jpg",
        "督2号,省督察,港闸,学府佳苑油烟直排,油烟,市城管局、市市场监管局,公安局、如皋,,2020-06-02 08:15,6月底前,整改中,,",
        "督3号,信访,如皋,滨江新城露天烧烤,餐饮油烟,江安镇政府,,,2020-05-06,立行立改,已销号,2020-05-08,",
      ].join("\n"),
    ),
  );
  await office.presses("海安联络员", "签收");
  await office.says("市办", "并案 NT-2020-000006 NT-2020-000005");
}

const unchanged = { added: 0, corrected: 0, rejected: [] };

test("of every state, region and wording", async () => {
  await everything();
  for (const at of ["2020-06-15T10:02", "2020-08-03T10:00"]) {
    await office.wakesAt(at);
    const before = await all();
    const result = await brings(await exported());
    expect(result).toMatchObject({ ...unchanged, rows: 10, unchanged: 10 });
    expect(result.report?.blocks).toEqual([]);
    expect(await all()).toEqual(before);
  }
});

test("and a corrected cell of it is a correction", async () => {
  const file = await exported();
  await brings(csv("编号,县区,问题描述\nNT-2020-000006,,工地裸土未覆盖，出入口未冲洗干净"));
  expect(await brings(file)).toMatchObject({ added: 0, corrected: 1, unchanged: 5 });
});

test.skipIf(!opensWorkbooks)(
  "after LibreOffice has saved it anew, as a workbook or as a CSV",
  async () => {
    await everything();
    const { name, bytes } = await exported();
    const before = await all();
    const folder = mkdtempSync(join(tmpdir(), "lantian-ledger-"));
    writeFileSync(join(folder, name), bytes);
    const save = async (format: string, extension: string) => {
      const out = join(folder, extension);
      const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
      await run(calc, [profile, "--headless", "--convert-to", format, "--outdir", out, join(folder, name)]);
      return readFileSync(join(out, name.replace(/xlsx$/, extension)));
    };
    const workbook = await save("xlsx", "xlsx");
    const text = await save("csv:Text - txt - csv (StarCalc):44,34,76,1", "csv");
    rmSync(folder, { recursive: true });
    expect(await brings({ name, bytes: workbook })).toMatchObject({ ...unchanged, unchanged: 10 });
    expect(await brings({ name: "台账.csv", bytes: text })).toMatchObject({ ...unchanged, unchanged: 10 });
    expect(await all()).toEqual(before);
  },
  120_000,
);
