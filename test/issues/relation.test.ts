import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  isOf,
  isResponsible,
  relationOf,
  relationTo,
  takersOf,
  takersTo,
} from "../../src/issues/relation.ts";
import type { Person } from "../../src/store/people.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";
import { aStage, type Stage } from "./loop/stage.ts";

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

describe("who takes the steps of an issue in which other units have a part", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await aStage();
  });
  afterAll(() => {
    stage.raw.close();
    stage.office.close();
  });
  const part = (role: "helping" | "copied", of: { departmentId?: string; regionId?: string }) => ({
    ...{ role, departmentId: null, regionId: null, name: null, due: null },
    ...of,
  });
  /** 生态环境 has seen its part, 如皋 has handed its in, 交通 has a copy. */
  const anIssue = async () => {
    const made = await stage.issueIn("assigned");
    const parts = [
      part("helping", { departmentId: "environment" }),
      part("helping", { regionId: "rugao" }),
      part("copied", { departmentId: "transport" }),
    ];
    await stage.bot.store.write(async (w) => {
      await w.issueUnits.add(made.id, parts, { at: 0, personId: null });
      const [environment, rugao] = await w.issueUnits.of(made.id);
      if (environment) await w.issueUnits.mark(environment.id, { acknowledgedAt: 1 });
      if (rugao) await w.issueUnits.mark(rugao.id, { acknowledgedAt: 1, handedInAt: 2 });
    });
    return made;
  };
  const asked = async (one: Awaited<ReturnType<typeof anIssue>>, who: string) => {
    const person = await stage.personOf(who);
    const { bot } = stage;
    return bot.store.read(async (store) => {
      const around = { store, office: bot.office, today: before };
      return {
        takers: await takersOf(one, person, around),
        is: await relationOf(one, person, around),
        person,
      };
    });
  };

  test.each([
    ["生态环境联络员", "helper", ["acknowledged"]],
    ["如皋联络员", "helper", ["handed-in"]],
    ["如皋领导", "helper", ["handed-in"]],
    ["交通联络员", "stranger", []],
    ["启东联络员", "stranger", []],
    ["海安联络员", "liaison", []],
    ["市办", "office", []],
  ])("%s is %s with parts %j", async (who, relation, parts) => {
    const { takers, is, person } = await asked(await anIssue(), who);
    expect(takers).toEqual([{ id: person.id, relation, parts, handedIn: 1 }]);
    expect(is).toBe(relation);
  });

  test("where nobody has one, nothing is said of parts", async () => {
    const { takers, person } = await asked(await stage.issueIn("assigned"), "市办");
    expect(takers).toEqual([{ id: person.id, relation: "office" }]);
  });
});
