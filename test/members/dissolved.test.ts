import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-07-27T17:00" });
});
afterAll(() => office.close());

const asked = async () =>
  (await office.cardsOf("市办")).filter(({ subject }) => subject?.startsWith("dissolved:"));

test("on the merger's day the office is asked once about each person of the region that is no more", async () => {
  expect(await asked()).toEqual([]);
  await office.advanceTo("2020-07-28T09:01");
  const [card, ...more] = await asked();
  expect(more).toEqual([]);
  expect(card?.facts).toMatchObject({ region: "港闸", heir: "崇川" });
  const own = (card?.facts?.people ?? []) as string[];
  expect(own).toEqual(expect.arrayContaining(["港闸领导", "港闸联络员"]));
  expect(card?.buttons.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["并入崇川 港闸联络员", "离任 港闸联络员"]),
  );
  await office.advanceTo("2020-07-30T09:01");
  expect(await asked()).toHaveLength(1);
});

test("a look on the spot that waited for one of them is another's from that day on", async () => {
  const { bot } = office;
  const checker = await bot.store.read((r) => r.people.byName("港闸联络员"));
  const issue = await bot.store.read((r) => r.issues.byNo("NT-2020-000006"));
  const at = (await bot.clock.now()).epochMilliseconds;
  const drawn = { issueId: issue?.id ?? (0 as never), at, due: "2020-08-10", state: "open" } as const;
  const { id } = await bot.store.write((w) =>
    w.spotChecks.draw({ ...drawn, checkerId: checker?.id as never }),
  );
  await office.advanceTo("2020-07-31T09:01");
  const passed = await bot.store.read((r) => r.spotChecks.byId(id));
  const other = await bot.store.read((r) => r.people.byId(passed?.checkerId as never));
  expect(other?.name).not.toBe("港闸联络员");
  const cards = await office.cardsOf(other?.name ?? "");
  expect(cards.some(({ title }) => title.startsWith("现场抽查："))).toBe(true);
});

test("whose name the office says goes on in the same role there, once; the question shows who is left", async () => {
  const before = (await asked())[0]?.facts?.people as string[];
  const done = await office.presses("市办", "并入崇川 港闸联络员");
  expect(done.code).toBeNull();
  const { posts } = (await office.says("市办", "人员 “港闸联络员”")).facts.person;
  expect(posts).toBe("崇川联络员");
  await office.advanceTo("2020-07-31T09:05");
  expect((await asked())[0]?.facts?.people).toEqual(before.filter((name) => name !== "港闸联络员"));
});

test("or leaves", async () => {
  expect((await office.says("市办", "离任 港闸领导")).code).toBeNull();
  await office.advanceTo("2020-07-31T09:10");
  expect((await asked())[0]?.facts?.people).not.toContain("港闸领导");
});
