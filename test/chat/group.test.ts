import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audienceOf, covers, isPublic, memberOf } from "../../src/chat/group.ts";
import type { Chat } from "../../src/store/chats.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const today = Temporal.PlainDate.from("2020-07-01");
const somebody = async (name: string) => {
  const person = await office.bot.store.read((r) => r.people.byName(name));
  if (person === null) throw new Error(`nobody is called ${name}`);
  return person;
};
const group = (scope: Partial<Chat>): Chat => ({
  id: 1,
  platform: "slack",
  workspace: "T1",
  chatKey: "C1",
  topic: "",
  title: null,
  regionId: null,
  departmentId: null,
  active: true,
  boundBy: null,
  boundAt: 0,
  ...scope,
});
const [HAIAN, HOUSING, CITY] = [group({ regionId: "haian" }), group({ departmentId: "housing" }), group({})];

test("every command says who may read its answer; one that doesn't is answered in private", () => {
  const silent = office.bot.registry.commands.filter(({ audience }) => audience === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
  expect(audienceOf({})).toBe("person");
  // What acts, and what is about people, is nobody else's.
  const forAll = office.bot.registry.commands.filter(({ audience }) => audience !== "person");
  expect(forAll.filter(({ kind }) => kind === "change").map(({ name }) => name)).toEqual(["here"]);
});

test.each([
  ["private", {}, false],
  ["group", {}, true],
  ["group", { quiet: true as const }, false],
] as const)("a chat that is %s %o is read by others: %s", (kind, more, is) => {
  expect(isPublic({ platform: "slack", workspace: "T1", chatKey: "C1", kind, ...more })).toBe(is);
});

describe("whose part of it a group's unit sees", () => {
  test.each([
    ["市办", HAIAN, true],
    ["市领导", HAIAN, true],
    ["海安联络员", HAIAN, true],
    ["如东联络员", HAIAN, false],
    ["住建联络员", HAIAN, false],
    ["市办", HOUSING, true],
    ["住建联络员", HOUSING, true],
    ["海安联络员", HOUSING, false],
    ["市办", CITY, true],
    ["海安联络员", CITY, true],
    ["住建联络员", CITY, true],
  ])("%s in the group of %o: %s", async (name, where, is) => {
    expect(covers(await somebody(name), where, office.bot.office, today)).toBe(is);
  });
});

test("a group's member is of its unit, has written nothing and checks nothing", async () => {
  const clerk = await somebody("市办");
  const plain = ({ id, role, regionId, departmentId }: Person) => ({ id, role, regionId, departmentId });
  expect(plain(memberOf(HAIAN, clerk))).toEqual({
    id: 0,
    role: "county-liaison",
    regionId: "haian",
    departmentId: null,
  });
  expect(plain(memberOf(HOUSING, clerk))).toEqual({
    id: 0,
    role: "department-liaison",
    regionId: null,
    departmentId: "housing",
  });
  // The city's own group answers everybody for their own unit.
  expect(memberOf(CITY, clerk)).toBe(clerk);
  expect(plain(memberOf(CITY, await somebody("海安领导")))).toMatchObject({ id: 0, regionId: "haian" });
});
