import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { byCounty, enterprisesSeen, namesContacts, seesEnterprise } from "../../src/enterprises/sees.ts";
import type { Enterprise } from "../../src/store/enterprises.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const at = (region: string) => ({ region });
const plant = (id: number, regionId: string, grade = "A") => ({ id, regionId, grade }) as Enterprise;
const own = plant(5, "haian");
const contact = (enterpriseId: number) => ({ ...holder(post("enterprise-contact")), enterpriseId }) as Person;
const around = { office: nantong, today: MERGER.before };

describe("who sees an enterprise of 海安, and who names its contacts", () => {
  test.each<[string, Person, boolean, boolean]>([
    ["its contact", contact(5), true, false],
    ["another enterprise's", contact(6), false, false],
    ["the office", holder(post("office")), true, true],
    ["the supervision", holder(post("supervision")), true, false],
    ["a department", holder(post("department-liaison", { department: "housing" })), true, false],
    ["its county's liaison", holder(post("county-liaison", at("haian"))), true, true],
    ["its county's lead", holder(post("county-lead", at("haian"))), true, true],
    ["who keeps a station there", holder(post("station-chief", at("haian"))), true, false],
    ["a town of it", holder(post("town-liaison", at("haian-qutang"))), false, false],
    ["another county's lead", holder(post("county-lead", at("rugao"))), false, false],
    [
      "who has a post there as well",
      holder(post("county-lead", at("rugao")), post("county-liaison", at("haian"))),
      true,
      true,
    ],
  ])("%s: %s, %s", (_, person, sees, names) => {
    expect([seesEnterprise(person, own, around), namesContacts(person, own, around)]).toEqual([sees, names]);
  });
});

test.each([
  ["gangzha", "before", true],
  ["chongchuan-old", "before", false],
  ["gangzha", "after", false],
  ["chongchuan-old", "after", true],
] as const)("an enterprise of 港闸 is %s's %s the merger: %s", (region, on, sees) => {
  const person = holder(post("county-liaison", at(region)));
  const there = { office: nantong, today: MERGER[on] };
  expect(seesEnterprise(person, plant(1, "gangzha"), there)).toBe(sees);
});

describe("the emergency list", () => {
  let office: AnOffice;
  beforeAll(async () => {
    office = await anOffice();
  });
  afterAll(() => office.close());

  const listed = async (asked: Parameters<typeof enterprisesSeen>[0], person: Person, on = MERGER.before) =>
    office.bot.store.read((store) => enterprisesSeen(asked, person, { store, office: nantong, today: on }));
  const grades = (rows: readonly Enterprise[]) => new Set(rows.map(({ grade }) => grade));

  test("holds what somebody sees, of the county and the grade that are asked for", async () => {
    const all = await listed({}, holder(post("office")));
    const ofHaian = all.filter(({ regionId }) => regionId === "haian");
    const [{ grade } = { grade: "" }] = ofHaian;
    expect([all.length > ofHaian.length, ofHaian.length > 1, grades(ofHaian).size > 1]).toEqual([
      ...[true, true, true],
    ]);
    const own = holder(post("county-liaison", at("haian")));
    expect(await listed({}, own)).toEqual(ofHaian);
    expect(await listed({ county: "haian" }, holder(post("office")))).toEqual(ofHaian);
    expect(await listed({ county: "rugao" }, own)).toEqual([]);
    const ofGrade = ofHaian.filter((one) => one.grade === grade);
    expect(await listed({ county: "haian", grade }, own)).toEqual(ofGrade);
    expect(await listed({ grade }, holder(post("office")))).toEqual(all.filter((one) => one.grade === grade));
  });

  test("asks for a county by what it has become", async () => {
    const merged = await listed({ county: "chongchuan" }, holder(post("office")), MERGER.after);
    const before = await listed({}, holder(post("office")));
    const were = before.filter(({ regionId }) => regionId === "gangzha" || regionId === "chongchuan-old");
    expect(merged.map(({ id }) => id).toSorted()).toEqual(were.map(({ id }) => id).toSorted());
    expect(were).not.toEqual([]);
  });
});

test("what is of counties stands in their order, of one county as it came", () => {
  const rows = [plant(1, "rudong"), plant(2, "haian"), plant(3, "haian"), plant(4, "gangzha")];
  expect(byCounty(rows, around).map(({ id }) => id)).toEqual([2, 3, 1, 4]);
});
