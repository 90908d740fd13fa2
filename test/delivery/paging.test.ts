import { afterEach, beforeEach, expect, test } from "vitest";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-14T12:00" });
});
afterEach(() => office.close());

/** Binds a group that 海安联络员 and others are in; who is in it the bot neither asks nor knows. */
const group = (chatKey: string, scope: { regionId?: string; departmentId?: string } = {}) =>
  office.bot.store.write((w) =>
    w.chats.bind({ platform: "slack", workspace: "T1", chatKey, boundAt: 0, ...scope }),
  );
/** What went out for one event: to persons by name, to groups by key. */
const audiences = async (job: string) =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ row }) => row.job === job)
    .map(({ row, audience }) => (row.chatId === null ? audience : `群${row.chatId}`));

test("somebody in several bound groups, with accounts on several platforms, is paged once for one event", async () => {
  const groups = [
    await group("C1", { regionId: "haian" }),
    await group("C2"),
    await group("C3", { regionId: "haian" }),
  ];
  const person = (await office.bot.store.read((r) => r.people.byName("海安联络员"))) as Person;
  await office.bot.store.write(async (w) => {
    await w.people.bind(person.id, { platform: "slack", workspace: "T1", userKey: "U1" }, 0);
    await w.people.bind(person.id, { platform: "slack", workspace: "T1", userKey: "U2" }, 1);
    await w.people.bind(person.id, { platform: "telegram", workspace: "", userKey: "7" }, 2);
  });
  await office.advanceTo("2020-06-15T09:01");
  const sent = await audiences("weekly-notice");
  expect(sent.filter((to) => to === "海安联络员")).toHaveLength(1);
  expect(new Set(sent).size).toBe(sent.length);
  for (const { id } of groups) expect(sent).toContain(`群${id}`);
});

test("what a group reads pages nobody in it: the card names nobody to be called", async () => {
  const { id } = await group("C1", { regionId: "haian" });
  await office.advanceTo("2020-06-16T09:01");
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  const read = rows.filter(({ row }) => row.chatId === id).map(({ row }) => row.card);
  expect(read).not.toEqual([]);
  expect(read.join()).not.toMatch(/<[@!]|@(everyone|all|channel|here)|tg:\/\/user/);
});

test("the same slot, worked off again, pages nobody again", async () => {
  await group("C1", { regionId: "haian" });
  await group("C2");
  await office.advanceTo("2020-06-15T09:01");
  const before = await audiences("weekly-notice");
  await office.wakesAt("2020-06-15T09:00");
  await office.advanceTo("2020-06-15T09:02");
  expect(await audiences("weekly-notice")).toEqual(before);
});

test("a change that concerns somebody pages them once, whatever groups hear of it", async () => {
  await group("C1", { regionId: "haian" });
  await group("C2");
  await office.says("市办", "交办 海安 工地裸土未覆盖 3个工作日");
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  const persons = rows.flatMap(({ row, audience }) => (row.personId === null ? [] : [audience]));
  expect(persons).toContain("海安联络员");
  expect(new Set(persons).size).toBe(persons.length);
});
