import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

type Measure = { no: string; leadDepartments: string[]; supportDepartments: string[]; indicators: unknown[] };

test("任务 lists the thirty measures and the four support systems, with the promised facts", async () => {
  const { command, facts } = await office.says("市办", "任务");
  expect(command).toBe("tasks");
  expectFacts("tasks", facts);
  const numbers = Array.from({ length: 30 }, (_, i) => String(i + 1));
  expect(facts.rows.map((row: Measure) => row.no)).toEqual([...numbers, "S1", "S2", "S3", "S4"]);
});

test.each(["任务 住建局", "任务 住建", "任务 市住房和城乡建设局", "住建局", "/tasks 住建"])(
  "%s lists what the department leads or supports",
  async (phrase) => {
    const { command, facts } = await office.says("市办", phrase);
    expect(command).toBe("tasks");
    const rows = facts.rows as Measure[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(34);
    for (const row of rows) {
      expect([...row.leadDepartments, ...row.supportDepartments]).toContain("住建");
    }
  },
);

test("every indicator of the plan stands under its measure, once for the city or once a named county", async () => {
  const { facts } = await office.says("市办", "任务");
  const listed = facts.rows.flatMap((row: { indicators: { id: string }[] }) =>
    row.indicators.map((i) => i.id),
  );
  expect(new Set(listed)).toEqual(new Set(office.bot.office.pack.indicators.map((i) => i.id)));
});

test("an unknown department is named, with the nearest one", async () => {
  const { code, message } = await office.says("市办", "任务 住健局");
  expect(code).toBe("unknown-department");
  expect(message).toContain("住建");
});

test("a county's list holds what the plan asks of it by name, or of each county again and again; another's is forbidden", async () => {
  const { facts, card } = await office.says("海安联络员", "任务 海安");
  const rows = facts.rows as { no: string; indicators: { county: string }[] }[];
  expect(rows.map((row) => row.no)).toEqual(["3", "19", "20", "S4"]);
  expect(new Set(rows.flatMap((row) => row.indicators.map((i) => i.county)))).toEqual(new Set(["海安"]));
  expect(card.title).toBe("海安分解到县的任务（4项）");
  expect((await office.says("海安联络员", "任务 如东")).code).toBe("forbidden");
  expect((await office.says("市办", "任务 海按")).code).toBe("unknown-county");
});
