import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { importFile } from "../../../src/incoming/import-file.ts";
import { boot } from "../../../src/ops/boot.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "日期,类型,名称";
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2026-12-29T16:00" });
});
afterEach(() => office.close());

const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const NEW_YEAR = [
  "2027-01-01,休,元旦",
  "2027-01-02,休,元旦",
  "2027-01-03,休,元旦",
  "2027-01-30,班,",
  "2027-01-31,班,",
];
/** The date that a term of working days from 30 December 2026 ends on. */
const dueOf = async (term: string) => {
  await office.advanceTo("2026-12-30T09:00");
  return (await office.says("市办", `交办 海安 "裸土未覆盖" ${term}`)).facts.issue.due;
};

test("a year that nobody knew is known from then on, and the office's terms run by it at once", async () => {
  expect((await office.says("市办", "放假 2027")).facts).toMatchObject({ known: false });
  const result = await brings(...NEW_YEAR);
  expect(result).toMatchObject({ kind: "holidays", added: 5, report: { facts: { changed: [] } } });
  const { facts, text } = await office.says("海安联络员", "放假 2027");
  expect(facts).toMatchObject({ known: true, off: [{ from: "2027-01-01", to: "2027-01-03", name: "元旦" }] });
  expect(facts.work).toEqual(["2027-01-30", "2027-01-31"]);
  expect(text).toContain("调休上班：1月30日、1月31日。");
  // 31 December, then 4 January: the 1st is off.
  expect(await dueOf("2个工作日")).toBe("2027-01-04");
});

test("without it only weekends are off", async () => {
  expect(await dueOf("2个工作日")).toBe("2027-01-01");
});

test("a second time changes nothing; with a change it says which day is what now", async () => {
  await brings(...NEW_YEAR);
  expect(await brings(...NEW_YEAR)).toMatchObject({ added: 0, corrected: 0, unchanged: 5 });
  const result = await brings("2027-01-04,休,元旦", "2027-01-31,休,", ...NEW_YEAR.slice(0, 4));
  expect(result).toMatchObject({ added: 1, corrected: 1, unchanged: 4 });
  expect(result).toMatchObject({
    report: {
      facts: {
        changed: [
          { date: "2027-01-04", kind: "off" },
          { date: "2027-01-31", kind: "off" },
        ],
      },
    },
  });
  expect(JSON.stringify(result)).toContain("2027-01-04由班改为休、2027-01-31由班改为休");
  expect(await dueOf("2个工作日")).toBe("2027-01-05");
});

test("a day of a year that the pack knows may be changed alone; the rest of the year stays", async () => {
  const own = await anOffice({ at: "2020-01-27T08:30" });
  expect(await importText(own, [HEAD, "2020-02-03,休,春节"])).toMatchObject({ added: 1 });
  const { facts } = await own.says("市办", "放假 2020");
  expect(facts.off[1]).toMatchObject({ from: "2020-01-24", to: "2020-02-03", name: "春节" });
  expect(facts.workingDays).toBe(248);
  own.close();
});

test("another process that has the office open runs by it as well", async () => {
  const other = (await boot({ ...readConfig({}), databaseFile: office.file, logLevel: "silent" })).bot;
  const bytes = new TextEncoder().encode([HEAD, ...NEW_YEAR].join("\n"));
  await importFile(other, { name: "放假.csv", bytes }, { person: null, partial: false });
  other.store.close();
  expect((await office.says("市办", "放假 2027")).facts).toMatchObject({ known: true });
});

describe("a slip is refused by its cell, and nothing is stored", () => {
  test.each([
    ["2027-01-01,调休,", "2 类型 调休 请填“休”（放假）或“班”（调休上班）"],
    ["2027-01-04,班,", "2 类型 班 1月4日是星期一，本来就上班，请核对日期"],
    ["2027-02-30,休,", "2 日期 2027-02-30 没有这一天，请改正日期"],
    ["2028-01-01,休,", "2 日期 2028-01-01 最多填到2027年，请核对年份"],
    ["2027-01-01,,元旦", "2 类型  没有写明类型，请补上"],
  ])("%s", async (row, fault) => {
    expect(faultsOf(await brings(row, "2027-01-02,休,"))).toEqual([fault]);
    expect(await office.bot.store.read((r) => r.holidays.all())).toEqual([]);
  });

  test("a day off that was entered may be worked after all", async () => {
    await brings("2027-01-04,休,");
    expect(await brings("2027-01-04,班,")).toMatchObject({ corrected: 1 });
    expect(await brings("2027-01-04,班,")).toMatchObject({ unchanged: 1 });
  });

  test("only the office brings it in", async () => {
    const result = await importText(office, [HEAD, ...NEW_YEAR], { by: "督查" });
    expect(result).toMatchObject({ code: "forbidden" });
  });
});
