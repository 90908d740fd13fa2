import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-01T07:00" });
  await office.advanceTo("2020-06-16T12:00");
});
afterAll(() => office.close());

test("a number that no issue has is the paper's, in whatever state it is: 退回 20号 is told what became of it", async () => {
  const { rows } = (await office.says("市办", "文件 滞后预警")).facts;
  const { no } = rows[0];
  expect((await office.says("市办", `公文 ${no}`)).code).toBe("unknown-issue");
  expect((await office.says("市办", `退回 ${no} “数字再核”`)).message).toContain("已经印发，不能再退回");
  expect((await office.says("城管联络员", `更正 ${no}`)).message).toContain("须由市办");
  // Of a paper that somebody can't read nothing is told.
  expect((await office.says("海安联络员", `退回 ${no} “再核”`)).code).toBe("unknown-issue");
});

test("撤回公文 and 更正公文 without a number list what is out, and say how to go on", async () => {
  for (const word of ["撤回公文", "更正公文"]) {
    const { text, facts } = await office.says("市办", word);
    expect(text).toContain(`请写明编号，例如：${word} ${facts.rows[0].no}`);
    expect(facts.rows.every(({ state }: { state: string }) => state === "issued")).toBe(true);
  }
});
