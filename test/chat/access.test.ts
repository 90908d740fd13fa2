import { describe, expect, test } from "vitest";
import {
  anotherCountys,
  anyone,
  barred,
  everybody,
  isUnplaced,
  only,
  scopeName,
  scopeOf,
} from "../../src/chat/access.ts";
import type { Place } from "../../src/office/office.ts";
import type { Person } from "../../src/store/people.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const at = (region: string) => ({ region });
const office = nantong;
const day = MERGER;

const city = holder(post("office"));
const department = holder(post("department-liaison", { department: "housing" }));
const haian = holder(post("county-liaison", at("haian")));
const town = holder(post("town-liaison", at("haian-qutang")));
const gangzha = holder(post("county-liaison", at("gangzha")));
const chongchuan = holder(post("county-lead", at("chongchuan-old")));
const contact = holder(post("enterprise-contact"));
const two = holder(post("county-liaison", at("haian")), post("county-liaison", at("rugao")));
const moved = holder(post("county-liaison", at("gangzha")), post("county-liaison", at("haian")));
const cityToo = holder(
  post("county-liaison", at("haian")),
  post("department-liaison", { department: "housing" }),
);

describe("whose regions somebody sees", () => {
  test.each<[string, Person, "before" | "after", string[] | null]>([
    ["the office the whole city", city, "before", null],
    ["a department the whole city", department, "before", null],
    ["a county its own", haian, "before", ["haian"]],
    ["a town itself, and nothing of its county's", town, "before", ["haian-qutang"]],
    ["whoever has two posts both", two, "before", ["haian", "rugao"]],
    ["whoever is of a department as well the whole city", cityToo, "before", null],
    ["a county that is merged later its own", gangzha, "before", ["gangzha"]],
    ["one that is no more none", gangzha, "after", []],
    [
      "what goes on under its name all that it was made of",
      chongchuan,
      "after",
      [...["chongchuan-old", "chongchuan", "gangzha"]],
    ],
    ["and before that what it is", chongchuan, "before", ["chongchuan-old"]],
    ["of two posts the one whose region is left", moved, "after", ["haian"]],
    ["an enterprise's contact none", contact, "before", []],
  ])("%s", (_, person, on, regions) => {
    expect(scopeOf(person, office, day[on])?.toSorted() ?? null).toEqual(regions?.toSorted() ?? null);
  });
});

test.each<[string, Person | null, "before" | "after", string | null]>([
  ["a member isn't", haian, "before", null],
  ["nobody is", null, "before", "已停用"],
  ["whoever has left is", { ...haian, active: false }, "before", "已停用"],
  ["whose region is no more is", gangzha, "after", "已于2020年7月28日并入崇川"],
  ["not on the day before", gangzha, "before", null],
  ["not whose region goes on under its name", chongchuan, "after", null],
  ["not whoever has a place by another post", moved, "after", null],
  ["nor the office", city, "after", null],
])("shut out: %s", (_, person, on, says) => {
  const refusal = barred(person, { office, today: day[on] });
  expect(refusal?.code ?? null).toBe(says === null ? null : "forbidden");
  expect(refusal?.message ?? "").toContain(says ?? "");
});

test.each([
  ["gangzha", "before", false],
  ["gangzha", "after", true],
  ["chongchuan-old", "after", false],
  [null, "after", false],
] as const)("a post at %s has no place %s the merger: %s", (regionId, on, is) => {
  expect(isUnplaced({ regionId }, office, day[on])).toBe(is);
});

const place = (...ids: string[]): Place => {
  const regions = ids.map((id) => office.region(id as never));
  return { short: regions[0]?.short ?? "", regions };
};
const within = anyone.withinScope("county");

describe("a command that is asked about a county", () => {
  test.each<[string, Person, "before" | "after", Place | Place[] | undefined, boolean]>([
    ["a county about itself", haian, "before", place("haian"), true],
    ["about none", haian, "before", undefined, true],
    ["not about another", haian, "before", place("rugao"), false],
    ["not about another beside itself", haian, "before", [place("haian"), place("rugao")], false],
    ["about both of its posts'", two, "before", [place("haian"), place("rugao")], true],
    ["a town about its county", town, "before", place("haian"), true],
    ["not about another county", town, "before", place("rugao"), false],
    ["the office about any", city, "before", place("rugao"), true],
    ["a department about any", department, "before", place("rugao"), true],
    ["whoever is of a department as well", cityToo, "before", place("rugao"), true],
    ["a merged county about what it was", chongchuan, "after", place("gangzha"), true],
    ["not before it is merged", chongchuan, "before", place("gangzha"), false],
    ["an enterprise's contact about none", contact, "before", place("haian"), false],
  ])("%s: %s", (_, person, on, county, may) => {
    const question = { person, args: { county }, office, today: day[on] };
    expect(within.check(question)?.code ?? null).toBe(may ? null : "forbidden");
  });

  test("the refusal names both counties, and where all can be compared", () => {
    const question = { person: haian, args: { county: place("rugao") }, office, today: day.before };
    expect(within.check(question)).toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/限于海安.*如皋.*排名/),
      instead: ["海安", "排名"],
    });
  });
});

test.each([
  ["everybody", everybody, [true, true, true]],
  ["anyone of the city", anyone, [true, true, false]],
  ["only the office", only("办", "office"), [true, false, false]],
  ["only the office or a county", only("办", "office", "county-liaison"), [true, true, false]],
] as const)("%s may use it", (_, access, may) => {
  const asked = [city, haian, contact].map((person) =>
    access.check({ person, args: {}, office, today: day.before }),
  );
  expect(asked.map((refusal) => refusal === null)).toEqual(may);
});

test("whoever may not is told who does it, and whose something is", () => {
  const question = { person: haian, args: {}, office, today: day.before };
  expect(only("签发", "office", "city-lead").check(question)).toMatchObject({
    code: "forbidden",
    message: "县区联络员不能签发，须由市办、市领导办理。",
  });
  const counties = ["rugao", "rugao", "rudong"].map((id) => office.region(id as never));
  expect(anotherCountys("本表", counties, haian, question)).toMatchObject({
    code: "forbidden",
    message: "本表由如皋、如东和市级单位查看，您的权限限于海安。",
  });
});

test.each([
  [haian, "before", "海安"],
  [town, "before", "曲塘镇"],
  [gangzha, "after", "崇川"],
  [department, "before", "住建"],
  [city, "before", "全市"],
  [contact, "before", "本企业"],
] as const)("somebody stands for %#", (person, on, name) => {
  expect(scopeName(person, office, day[on])).toBe(name);
});
