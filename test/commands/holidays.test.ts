import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each(["放假", "放假安排", "今年放假安排", "调休安排"])(
  "%s shows the year's days off, and what is worked for them",
  async (phrase) => {
    const { command, facts, text } = await office.says("海安联络员", phrase);
    expect(command).toBe("holidays");
    expect(facts).toMatchObject({ known: true, workingDays: 249 });
    expect(facts.off).toContainEqual({ from: "2020-10-01", to: "2020-10-08", name: "中秋、国庆" });
    expect(facts.off).toHaveLength(6);
    expect(text).toContain("调休上班：1月19日、4月26日、5月9日、6月28日、9月27日、10月10日。");
  },
);

test("a year without a notice says so, and counts weekends only", async () => {
  const { facts, text } = await office.says("市办", "放假 2027");
  expect(facts).toMatchObject({ known: false, workingDays: 261, off: [] });
  expect(text).toContain("未录入2027年放假安排，按周末推算");
  expect(text).not.toContain("没有放假");
});

test("a part of a year is that part's", async () => {
  expect((await office.says("市办", "放假 2020-06")).facts).toMatchObject({
    workingDays: 21,
    off: [{ from: "2020-06-25", to: "2020-06-27", name: "端午" }],
    work: ["2020-06-28"],
  });
  expect(await office.says("市办", "放假 2015..2020")).toMatchObject({ code: "bad-period" });
});
