import { afterEach, beforeEach, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import type { EnteredIssues } from "../../src/incoming/kinds/ledger/report.ts";
import { ledgerRows } from "../../src/issues/ledger.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const ledger = async (problems: readonly string[]) => {
  const text = ["县区,问题描述", ...problems.map((problem) => `海安,${problem}`)].join("\n");
  const file = { bytes: Buffer.from(text), name: "台账.csv" };
  const result = await importFile(office.bot, file, { person: null, partial: false });
  if ("code" in result) return result.message;
  const issues = result.report?.facts?.issues as EnteredIssues | undefined;
  return issues?.suspected.map(({ title }) => title);
};
const others = (n: number, what = "道路扬尘") => Array.from({ length: n }, (_, i) => `${i}号地块${what}`);

test("a ledger of more than 5,000 issues is refused before any of them is looked at", async () => {
  expect(await ledger(others(5001))).toBe("问题台账一次最多导入5000行，文件有5001行，请拆分后再发。");
});

test("a long ledger takes time by its length: each issue is compared with the 200 before it", async () => {
  const first = "东城花园工地裸土未覆盖";
  const again = "东城花园工地裸土没有苫盖";
  expect(await ledger([first, ...others(199), again])).toEqual([again]);
  expect(
    await ledger(["西城家园工地裸土未覆盖", ...others(200, "渣土散落"), "西城家园工地裸土没有苫盖"]),
  ).toEqual([]);
});

test("however many photos an issue has, the ledger that names them can be imported again", async () => {
  const { store, office: parts } = office.bot;
  const NO = "NT-2020-000006";
  const kinds = Array.from({ length: 250 }, () => "before" as const);
  await office.photographs("海安联络员", NO, kinds);
  const row = await store.read(async (r) => {
    const issue = await r.issues.byNo(NO);
    return issue === null ? undefined : (await ledgerRows([issue], { store: r, office: parts }))[0];
  });
  expect(row?.照片.length).toBeLessThan(1100);
  expect(row?.照片).toMatch(/^before\.jpg；.*…等\d+张$/);
});
