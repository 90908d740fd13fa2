import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// A real office in 2026, whose server's clock goes wrong.

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2026-11-20T10:00", demoData: false });
  await office.bot.store.write(async ({ people }) => {
    for (const [name, role, regionId] of [
      ["王办", "office", null],
      ["李联络", "county-liaison", "haian"],
    ] as const)
      await people.add({ name, role, regionId, departmentId: null, createdAt: 0 });
  });
  await office.wakesAt("2026-11-20T10:01");
});
afterEach(() => office.close());

const notices = async () =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ audience }) => audience === "王办")
    .flatMap(({ row }) => row.card.match(/空气质量周通报（\d{4}年[^）]*）/)?.[0] ?? []);
const alarms = async () => (await office.cardsOf("王办")).filter(({ title }) => title.includes("时钟倒退"));

test("set back by two days: the office hears of it, and nothing goes out twice", async () => {
  await office.wakesAt("2026-11-23T09:00");
  expect(await notices()).toHaveLength(1);
  await office.wakesAt("2026-11-21T09:00");
  expect(await alarms()).toHaveLength(1);
  expect((await alarms())[0]?.blocks[0]).toMatchObject({
    text: expect.stringContaining("从11月23日 09:00退回到11月21日 09:00"),
  });
  await office.wakesAt("2026-11-23T09:00");
  await office.wakesAt("2026-11-23T09:05");
  expect(await notices()).toHaveLength(1);
  await office.wakesAt("2026-11-30T09:00");
  expect(await notices()).toHaveLength(2);
  expect(await alarms()).toHaveLength(1);
});

test("a start eight days ahead marks no future slot as done", async () => {
  // It drops Monday the 23rd as too old, and takes the jobs for worked off until the 28th.
  await office.wakesAt("2026-11-28T10:01");
  expect(await notices()).toHaveLength(0);
  await office.wakesAt("2026-11-20T10:05");
  expect(await alarms()).toHaveLength(1);
  await office.wakesAt("2026-11-23T09:00");
  expect(await notices()).toEqual(["空气质量周通报（2026年11月16日至22日）"]);
});

test("less than a minute is nothing to speak of", async () => {
  await office.wakesAt("2026-11-20T10:10:00");
  await office.wakesAt("2026-11-20T10:09:10");
  expect(await alarms()).toHaveLength(0);
});
