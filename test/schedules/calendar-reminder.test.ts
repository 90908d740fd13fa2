import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2026-10-30T10:00", demoData: false });
  await office.bot.store.write(async ({ people }) => {
    for (const [name, role, regionId] of [
      ["王办", "office", null],
      ["李联络", "county-liaison", "haian"],
    ] as const)
      await people.add({ name, role, regionId, departmentId: null, createdAt: 0 });
  });
  await office.wakesAt("2026-10-30T10:01");
});
afterEach(() => office.close());

const asked = async () =>
  (await piecesAfter(office.bot, 0))
    .filter(({ job }) => job === "calendar-reminder")
    .map(({ to, title }) => `${to} ${title}`);
const ask = "王办 请导入2027年放假安排";

test("the office alone is asked for next year's days off from November's first working day on, until it has them", async () => {
  // 1 November 2026 was a Sunday, and so was the 15th.
  await office.wakesAt("2026-11-01T12:00");
  expect(await asked()).toEqual([]);
  await office.wakesAt("2026-11-02T09:00");
  expect(await asked()).toEqual([ask]);
  await office.wakesAt("2026-11-16T09:00");
  await office.wakesAt("2026-12-01T09:00");
  expect(await asked()).toEqual([ask, ask, ask]);
  await office.bot.store.write(({ holidays }) =>
    holidays.put({ date: "2027-01-01", kind: "off", name: "元旦" }),
  );
  await office.wakesAt("2026-12-15T09:00");
  expect(await asked()).toHaveLength(3);
});

test("the card says how, and its button shows what is known of the year", async () => {
  await office.wakesAt("2026-11-02T09:00");
  const sent = (await piecesAfter(office.bot, 0)).find(({ job }) => job === "calendar-reminder")?.card;
  expect(JSON.stringify(sent?.blocks)).toContain("日期、类型、名称");
  const [button] = sent?.buttons ?? [];
  const { text } = await office.says("王办", button?.kind === "say" ? button.say : "");
  expect(text).toContain("未录入2027年放假安排，按周末推算");
});
