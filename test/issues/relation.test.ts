import { describe, expect, test } from "vitest";
import { isOf, isResponsible, relationTo, takersTo } from "../../src/issues/relation.ts";
import type { Person } from "../../src/store/people.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const at = (region: string) => ({ region });
const housing = { department: "housing" };
const liaison = post("county-liaison", at("haian"));
const chief = post("station-chief", at("haian"));
const issue = { regionId: "haian", departmentId: "housing" };
const { before, after } = MERGER;

describe("how somebody stands to an issue of 海安 and 住建", () => {
  test.each<[string, Person, string]>([
    ["the office", holder(post("office")), "office"],
    ["the supervision", holder(post("supervision")), "supervision"],
    ["the city's lead", holder(post("city-lead")), "city-lead"],
    ["its department", holder(post("department-liaison", housing)), "department"],
    ["another department", holder(post("department-liaison", { department: "environment" })), "stranger"],
    ["its county's liaison", holder(liaison), "liaison"],
    ["its county's lead", holder(post("county-lead", at("haian"))), "lead"],
    ["another county's lead", holder(post("county-lead", at("rugao"))), "stranger"],
    ["who keeps a station there", holder(chief), "station-chief"],
    ["who keeps one elsewhere", holder(post("station-chief", at("rugao"))), "stranger"],
    ["a town of it", holder(post("town-liaison", at("haian-qutang"))), "stranger"],
    ["an enterprise's contact", holder(post("enterprise-contact", at("haian"))), "stranger"],
    // Of several posts the one that says most: whose matter it is, who looks at it, who keeps a station.
    ["the office, a liaison as well", holder(post("office"), liaison), "liaison"],
    ["who keeps a station, of the office as well", holder(chief, post("office")), "office"],
    ["a stranger who keeps a station", holder(post("county-lead", at("rugao")), chief), "station-chief"],
  ])("%s: %s", (_, person, relation) => {
    expect(relationTo(issue, person, nantong, before)).toBe(relation);
  });

  test("in each post they stand to it by that alone, and for whom they hold it", () => {
    const behalf = { id: 9, name: "张三" };
    const takers = takersTo(issue, holder(post("office"), { ...liaison, behalf } as never), nantong, before);
    expect(takers).toEqual([
      { id: 1, relation: "office" },
      { id: 1, relation: "liaison", behalf },
    ]);
  });
});

test.each([
  ["gangzha", before, "liaison"],
  ["gangzha", after, "stranger"],
  ["chongchuan-old", before, "stranger"],
  ["chongchuan-old", after, "liaison"],
])("an issue of 港闸 before or after the merger is %s's: %s", (region, on, relation) => {
  const person = holder(post("county-liaison", at(region)));
  expect(relationTo({ regionId: "gangzha", departmentId: null }, person, nantong, on)).toBe(relation);
});

test("who has to mend it is its unit, and nobody who looks at it", () => {
  const all = ["liaison", "lead", "department", "office", "supervision", "city-lead", "helper", "stranger"];
  expect(all.filter((relation) => isResponsible(relation as never))).toEqual([
    "liaison",
    "lead",
    "department",
  ]);
});

describe("who acts for a unit that has a part", () => {
  const ofDepartment = { departmentId: "housing", regionId: null };
  const ofCounty = { departmentId: null, regionId: "haian" };
  const ofTown = { departmentId: null, regionId: "haian-qutang" };
  const ofNobody = { departmentId: null, regionId: null };
  test.each([
    [ofDepartment, post("department-liaison", housing), true],
    [ofDepartment, post("department-liaison", { department: "environment" }), false],
    [ofDepartment, liaison, false],
    [ofCounty, liaison, true],
    [ofCounty, post("county-lead", at("haian")), true],
    [ofCounty, post("county-liaison", at("rugao")), false],
    [ofCounty, chief, false],
    [ofCounty, post("department-liaison", housing), false],
    [ofCounty, post("office"), false],
    [ofTown, post("town-liaison", at("haian-qutang")), true],
    [ofTown, liaison, false],
    [ofNobody, liaison, false],
    [ofNobody, post("office"), false],
  ])("%j: %j %s", (part, main, acts) => {
    const around = { office: nantong, today: before };
    expect(isOf(part, holder(main), around)).toBe(acts);
    expect(isOf(part, holder(post("supervision"), main), around)).toBe(acts);
  });
});
