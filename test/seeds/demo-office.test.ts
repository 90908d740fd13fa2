import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { dayOfYear } from "../../seeds/demo/days.ts";
import { demoEnterprises } from "../../seeds/demo/enterprises.ts";
import { demoExemptions } from "../../seeds/demo/exemptions.ts";
import { demoIssues } from "../../seeds/demo/issues.ts";
import { demoPeople } from "../../seeds/demo/people.ts";
import { demoProgress, type ProgressRow } from "../../seeds/demo/progress.ts";
import {
  calendarSchema,
  departmentSchema,
  indicatorSchema,
  type PlanPack,
  planSchema,
  regionSchema,
  settingsSchema,
  townSchema,
} from "../../src/domain/plan/pack.ts";

const pack = nantong();
const progress = demoProgress(pack);

describe("progress", () => {
  const of = (indicator: string) => progress.filter((row) => row.indicator === indicator);
  const last = (indicator: string, date: string) => of(indicator).findLast((row) => row.date <= date);
  const pct = (indicator: string, row: ProgressRow | undefined) => {
    const plan = pack.indicators.find((candidate) => candidate.id === indicator);
    if (!plan || !row) throw new Error(`no report of ${indicator}`);
    return (
      (100 * Number(row.value)) / ((Number(plan.value) * dayOfYear(row.date)) / dayOfYear(plan.deadline))
    );
  };

  test("every indicator of the plan is reported, from February to December", () => {
    expect(new Set(progress.map((row) => row.indicator))).toEqual(new Set(pack.indicators.map((i) => i.id)));
    expect(progress.every((row) => row.date >= "2020-02-01" && row.date <= "2020-12-31")).toBe(true);
  });

  test("the same plan and seed give the same reports, another seed others", () => {
    expect(demoProgress(pack)).toEqual(progress);
    expect(demoProgress(pack, 7)).not.toEqual(progress);
  });

  test("no two rows stand for the same indicator, place and day", () => {
    const keys = progress.map((row) => `${row.indicator} ${row.region} ${row.date}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("values are decimal text, counts are within the plan and never fall", () => {
    expect(progress.filter((row) => !/^\d+(\.\d+)?$/.test(row.value))).toEqual([]);
    for (const { id, value } of pack.indicators.filter((indicator) => indicator.kind === "count")) {
      const counts = of(id).map((row) => Number(row.value));
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.at(-1)).toBeLessThanOrEqual(Number(value));
    }
  });

  test("shares move toward their target and stay below 100 %", () => {
    for (const { id, direction } of pack.indicators.filter(
      (i) => i.kind === "share" && i.pace === "deadline",
    )) {
      const shares = of(id).map((row) => Number(row.value));
      expect(shares).toEqual(shares.toSorted((a, b) => (direction === "at-least" ? a - b : b - a)));
      expect(Math.max(...shares)).toBeLessThanOrEqual(100);
    }
  });

  test("most countable tasks are on pace in mid-June, some are yellow, some red, some silent", () => {
    const counts = pack.indicators.filter((indicator) => indicator.pace === "linear");
    const states = counts.map(({ id }) => {
      const row = last(id, "2020-06-15");
      if (!row || row.date < "2020-05-01") return "grey";
      const share = pct(id, row);
      return share >= 95 ? "green" : share >= 85 ? "yellow" : "red";
    });
    const tally = Object.fromEntries(
      Map.groupBy(states, (state) => state)
        .entries()
        .map(([s, all]) => [s, all.length]),
    );
    expect(tally.green).toBeGreaterThan(counts.length / 2);
    for (const state of ["yellow", "red", "grey"]) expect(tally[state]).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ["m14-abatement-upgrades", 85, 95],
    ["m18-boiler-projects", 60, 80],
    ["m16-oil-gas-recovery", 58, 80],
  ])("%s is behind its line in June as its story says", (id, low, high) => {
    between(pct(id, last(id, "2020-06-10")), [low, high]);
  });

  test("餐饮油烟 is not reported after March, 油品抽检 is complete by the end of July", () => {
    expect(of("m13-fume-projects").at(-1)?.date).toBe("2020-03-31");
    expect(last("m23-fuel-batches", "2020-07-31")?.value).toBe("100");
  });

  test("checks are done or not: one misses its deadline, one is broken in one month, one is never done", () => {
    const checks = new Set(
      pack.indicators.filter((indicator) => indicator.kind === "check").map((i) => i.id),
    );
    for (const row of progress) {
      expect(row.done).toBe(checks.has(row.indicator) ? row.value === "1" : undefined);
    }
    const mended = of("m16-fugitive-fixed").find((row) => row.done)?.date ?? "";
    expect(mended > "2020-08-03" && mended < "2020-09-01").toBe(true);
    const broken = of("m25-piles-covered")
      .filter((row) => !row.done)
      .map((row) => row.date.slice(0, 7));
    expect(new Set(broken)).toEqual(new Set(["2020-04"]));
    expect(of("s3-vehicle-agency").some((row) => row.done)).toBe(false);
  });

  test("a merged region's successor reports from the day of the merger", () => {
    const wrong = progress.filter((row) => {
      const region = pack.regions.find((candidate) => candidate.id === row.region);
      return (
        row.region !== null && (!region || row.date < (region.from ?? "") || row.date > (region.to ?? "9"))
      );
    });
    expect(wrong).toEqual([]);
    const pilots = of("m3-spray-centre-pilots").map((row) => row.region);
    expect(new Set(pilots)).toEqual(new Set(["haian", "tongzhou", "gangzha", "chongchuan"]));
  });

  test("a plan without a story's indicator is refused by name", () => {
    const poorer = { ...pack, indicators: pack.indicators.filter((i) => i.id !== "m18-boiler-projects") };
    expect(() => demoProgress(poorer)).toThrow("m18-boiler-projects");
  });
});

describe("people", () => {
  const people = demoPeople(pack);

  test("the office, one pair per region by short name, one liaison per department, three station chiefs, who is below them", () => {
    const shorts = [
      "海安",
      "如皋",
      "如东",
      "启东",
      "崇川",
      "港闸",
      "通州",
      "海门",
      "市开发区",
      "苏锡通园区",
      "通州湾示范区",
    ];
    expect(people.map((person) => person.name)).toEqual([
      "市办",
      "市领导",
      "督查",
      ...shorts.flatMap((short) => [`${short}领导`, `${short}联络员`]),
      ...pack.departments.map(({ short }) => `${short}联络员`),
      "海安点位长",
      "海门点位长",
      "通州点位长",
      "城东镇联络员",
      "海安生态环境局联络员",
      "海门街道联络员",
      "海门生态环境局联络员",
      "金沙街道联络员",
      "通州生态环境局联络员",
    ]);
    expect(people.find((person) => person.handle === "点位长")?.name).toBe("海安点位长");
  });

  test("regions are those of 1 January 2020", () => {
    const regionOf = (name: string) => people.find((person) => person.name === name)?.region;
    expect([regionOf("崇川领导"), regionOf("港闸联络员"), regionOf("海门点位长"), regionOf("市办")]).toEqual([
      "chongchuan-old",
      "gangzha",
      "haimen-city",
      null,
    ]);
  });

  test("a department called like a region still has a liaison of its own", () => {
    const department = { id: "port", name: "海安港口", short: "海安", aliases: [] };
    const names = demoPeople({ ...pack, departments: [department] }).map((person) => person.name);
    expect(names).toContain("海安部门联络员");
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("enterprises", () => {
  const enterprises = demoEnterprises(pack);

  test("forty, over all regions of 1 January, of three grades, each called a demonstration's; the same on every machine", () => {
    expect(demoEnterprises(pack)).toEqual(enterprises);
    expect(demoEnterprises(pack, 7)).not.toEqual(enterprises);
    expect(new Set(enterprises.map(({ name }) => name)).size).toBe(40);
    expect(enterprises.filter(({ name }) => !name.startsWith("演示·"))).toEqual([]);
    expect(new Set(enterprises.map(({ region }) => region)).size).toBe(11);
    for (const grade of ["A", "B", "C"])
      expect(enterprises.filter((one) => one.grade === grade).length, grade).toBeGreaterThanOrEqual(5);
    expect(enterprises.filter(({ meterNo }) => meterNo !== null).length).toBeGreaterThanOrEqual(10);
  });

  test("whoever has measures has one at each level; of each region one is spoken for", () => {
    for (const { measures } of enterprises)
      expect(["", "yellow,orange,red"]).toContain(measures.map(({ level }) => level).join());
    const spoken = enterprises.filter(({ speaker }) => speaker !== null);
    expect(new Set(spoken.map(({ region }) => region)).size).toBe(spoken.length);
    expect(spoken).toHaveLength(11);
  });

  test("some of them stand in the list of exemptions, too", () => {
    const listed = new Set(enterprises.map(({ name }) => name));
    const both = demoExemptions(pack).filter(({ name }) => listed.has(name));
    expect(both.map(({ name }) => name)).toEqual([
      "演示·海安新材料有限公司",
      "演示·如东装备制造有限公司",
      "演示·崇川新材料有限公司",
    ]);
  });
});

describe("issues", () => {
  const issues = demoIssues(pack);

  test("six, assigned in the first half of June to people of the region", () => {
    expect(issues).toHaveLength(6);
    for (const issue of issues) {
      between(Number(issue.assignedAt.slice(8, 10)), [1, 14]);
      expect(issue.assignedAt).toMatch(/^2020-06-\d\dT\d\d:\d\d$/);
      expect(issue.due > issue.assignedAt.slice(0, 10)).toBe(true);
      const moments = [issue.assignedAt, ...issue.steps.map((step) => step.at)];
      expect(moments).toEqual(moments.toSorted());
      for (const step of issue.steps) {
        expect(demoPeople(pack).find((person) => person.name === step.by)?.region).toBe(issue.region);
      }
    }
  });

  test("海安's is not acknowledged, 如皋's is overdue in mid-June, 通州's is handed in", () => {
    const steps = (region: string) =>
      issues.find((issue) => issue.region === region)?.steps.map((step) => step.kind);
    expect(steps("haian")).toEqual([]);
    expect(steps("rugao")).toEqual(["acknowledge"]);
    expect(issues.find((issue) => issue.region === "rugao")?.due).toBe("2020-06-04");
    expect(steps("tongzhou")).toEqual(["acknowledge", "submit"]);
  });

  test("a plan without a responsible department is refused by name", () => {
    const poorer = {
      ...pack,
      departments: pack.departments.filter((department) => department.id !== "housing"),
    };
    expect(() => demoIssues(poorer)).toThrow("housing");
  });
});

function between(value: number, [low, high]: readonly number[]): void {
  expect(value).toBeGreaterThanOrEqual(low ?? Number.NaN);
  expect(value).toBeLessThanOrEqual(high ?? Number.NaN);
}

/** The parts of the Nantong pack that demonstration data is made from. */
function nantong(): PlanPack {
  const file = (name: string): unknown =>
    parse(readFileSync(new URL(`../../seeds/nantong-2020/${name}.yaml`, import.meta.url), "utf8"));
  return {
    ...planSchema.parse(file("plan")),
    regions: z.array(regionSchema).parse(file("regions")),
    towns: z.array(townSchema).parse(file("towns")),
    departments: z.array(departmentSchema).parse(file("departments")),
    indicators: z.array(indicatorSchema).parse(file("indicators")),
    calendars: z.array(calendarSchema).parse(file("calendar")),
    targets: [],
    groups: [],
    measures: [],
    mechanisms: [],
    duties: [],
    records: [],
    templates: [],
    settings: settingsSchema.parse(file("settings")),
  };
}
