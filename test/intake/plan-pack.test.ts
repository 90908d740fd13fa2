import { describe, expect, test } from "vitest";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";

const folder = "seeds/nantong-2020";
const pack = await loadPlanPack(folder);
const indicator = (id: string) => pack.indicators.find((one) => one.id === id);

test("holds the thirty measures and the four support systems in eleven groups", () => {
  const numbered = Array.from({ length: 30 }, (_, index) => String(index + 1));
  expect(pack.measures.map(({ no }) => no)).toEqual([...numbered, "S1", "S2", "S3", "S4"]);
  expect(pack.groups.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(new Set(pack.measures.map(({ group }) => group)).size).toBe(11);
  expect(pack.measures.filter(({ group }) => group === 11).map(({ no }) => no)).toEqual([
    "S1",
    "S2",
    "S3",
    "S4",
  ]);
});

test("every department of every measure resolves to one record", () => {
  for (const { no, lead, support } of pack.measures) {
    expect(lead.length, no).toBeGreaterThan(0);
    for (const id of [...lead, ...support]) {
      expect(
        pack.departments.filter((one) => one.id === id),
        `${no} ${id}`,
      ).toHaveLength(1);
    }
  }
});

test("every measure has an indicator and no department goes unused", () => {
  const used = new Set(pack.measures.flatMap(({ lead, support }) => [...lead, ...support]));
  expect(pack.departments.filter(({ id }) => !used.has(id))).toEqual([]);
  expect(pack.measures.filter(({ no }) => !pack.indicators.some(({ measure }) => measure === no))).toEqual(
    [],
  );
});

test.each([
  ["住建局", "housing"],
  ["市场监督管理局", "market"],
  ["市市场监督管理局", "market"],
  ["市发展和改革委员会", "development-reform"],
  ["发改委", "development-reform"],
  ["南通海事局", "maritime"],
  ["市大气污染防治联席会议办公室", "joint-office"],
])("the department named %s is %s", (word, id) => {
  const found = pack.departments.filter(({ name, short, aliases }) =>
    [name, short, ...aliases].includes(word),
  );
  expect(found.map((one) => one.id)).toEqual([id]);
});

// Every number of the air targets: metric, kind, value, baseline.
test("carries the air targets and the reductions since 2015", () => {
  const rows = pack.targets.map((one) => [one.metric, one.kind, one.direction, one.value, one.baselineYear]);
  expect(rows).toEqual([
    ["pm25-mean", "constraint", "at-most", "36", undefined],
    ["attainment-rate", "constraint", "at-least", "80.8", undefined],
    ["pm25-mean", "stretch", "at-most", "35", undefined],
    ["attainment-rate", "stretch", "at-least", "83", undefined],
    ["dustfall-month", "constraint", "at-most", "4.5", undefined],
    ["emission-reduction", "constraint", "at-least", "24", 2015],
    ["emission-reduction", "constraint", "at-least", "27", 2015],
    ["emission-reduction", "constraint", "at-least", "22", 2015],
  ]);
});

// Every number of a measure that is a target: measure, id, value, unit, and the year it is measured against.
const numbers: [string, string, string, string, number?][] = [
  ["2", "m2-industry-projects", "20", "项"],
  ["4", "m4-coal-cut", "250", "万吨", 2016],
  ["4", "m4-power-coal-share", "65", "%"],
  ["4", "m4-taixiang-boilers", "2", "台"],
  ["5", "m5-gas-use", "15", "亿立方米"],
  ["5", "m5-gas-share", "6", "%"],
  ["5", "m5-non-fossil-capacity", "380", "万千瓦"],
  ["5", "m5-non-fossil-capacity-share", "32", "%"],
  ["5", "m5-non-fossil-energy-share", "11", "%"],
  ["6", "m6-green-area", "80", "万平方米"],
  ["7", "m7-rail-tonnage", "15", "万吨", 2017],
  ["7", "m7-rail-growth", "59.4", "%", 2017],
  ["7", "m7-multimodal-growth", "30", "%"],
  ["7", "m7-container-growth", "30", "%"],
  ["8", "m8-empty-running", "35", "%"],
  ["9", "m9-new-energy-vehicles", "2400", "辆"],
  ["9", "m9-urban-fleet-share", "80", "%"],
  ["9", "m9-clean-bus-share", "60", "%"],
  ["9", "m9-old-diesel-trucks", "1500", "辆"],
  ["10", "m10-lng-growth", "200", "%", 2015],
  ["11", "m11-afforestation", "2.5", "万亩"],
  ["11", "m11-green-villages", "45", "个"],
  ["12", "m12-straw-network", "5", "级"],
  ["12", "m12-straw-use", "95", "%"],
  ["13", "m13-fume-projects", "63", "项"],
  ["14", "m14-voc-cut", "30", "%", 2015],
  ["14", "m14-ozone-days", "10", "%", 2019],
  ["14", "m14-abatement-upgrades", "118", "项"],
  ["15", "m15-reactive-solvents", "20", "%"],
  ["15", "m15-substitution-projects", "192", "项"],
  ["16", "m16-fugitive-kinds", "5", "类"],
  ["16", "m16-fugitive-projects", "16", "项"],
  ["16", "m16-oil-gas-recovery", "42", "个"],
  ["17", "m17-deep-cut-projects", "1", "项"],
  ["18", "m18-gas-boiler-nox", "50", "毫克/立方米"],
  ["18", "m18-boiler-projects", "282", "项"],
  ["19", "m19-kiln-projects", "52", "项"],
  ["20", "m20-new-vehicle-sampling", "80", "%"],
  ["20", "m20-diesel-pass-rate", "95", "%"],
  ["20", "m20-monthly-checks", "1", "次/月"],
  ["20", "m20-winter-diesel", "80", "%"],
  ["21", "m21-local-sampling", "80", "%"],
  ["21", "m21-sold-sampling", "60", "%"],
  ["21", "m21-pass-rate", "95", "%"],
  ["21", "m21-winter-inspection", "50", "%"],
  ["22", "m22-shore-power-sets", "6", "套"],
  ["22", "m22-airport-apu", "10", "个"],
  ["22", "m22-shore-power-use", "100", "%", 2017],
  ["22", "m22-shore-power-rate", "60", "%"],
  ["23", "m23-fuel-batches", "100", "批次"],
  ["23", "m23-marine-fuel-batches", "10", "批次"],
  ["23", "m23-urea-checks", "20", "%"],
  ["23", "m23-ship-fuel-checks", "150", "艘次"],
  ["23", "m23-pass-rate", "98", "%"],
  ["24", "m24-road-dust", "1", "克/16平方米"],
  ["24", "m24-urban-sweeping", "90", "%"],
  ["24", "m24-county-sweeping", "80", "%"],
  ["24", "m24-no-bare-soil", "100", "%"],
  ["25", "m25-dust-monitoring", "100", "%"],
  ["25", "m25-pile-projects", "6", "项"],
  ["26", "m26-dustfall", "4.5", "吨/平方公里·月"],
  ["29", "m29-key-industries", "15", "个"],
  ["S1", "s1-stations", "60", "个"],
];

test.each(numbers)("measure %s carries %s: %s%s", (measure, id, value, unit, baselineYear) => {
  expect(indicator(id)).toMatchObject({ measure, value, unit, ...(baselineYear && { baselineYear }) });
  expect(indicator(id)?.baselineYear).toBe(baselineYear);
});

test("holds no number that the plan does not", () => {
  const listed = new Set(numbers.map(([, id]) => id));
  const others = pack.indicators.filter(({ kind, id }) => kind !== "check" && !listed.has(id));
  expect(others).toEqual([]);
  expect(pack.indicators.filter(({ kind, value }) => kind === "check" && value !== "1")).toEqual([]);
});

// Numbers that say whom or what a duty concerns stand in the words of an indicator, measure or mechanism.
test.each([
  ["1", "2019年度"],
  ["2", "通办〔2019〕98号"],
  ["4", "30万千瓦及以下"],
  ["4", "2号机组"],
  ["4", "40蒸吨/小时"],
  ["8", "150万吨及以上"],
  ["9", "国三及以下"],
  ["10", "20年以上"],
  ["12", "五级"],
  ["13", "1-2个"],
  ["15", "小于10吨"],
  ["16", "GB37822-2019"],
  ["16", "2000个"],
  ["16", "大于5000吨"],
  ["16", "五类"],
  ["18", "65蒸吨/小时及以上"],
  ["18", "4蒸吨/小时及以上"],
  ["19", "3米以下"],
  ["19", "10吨/小时及以下"],
  ["19", "DB32/3728-2019"],
  ["20", "国三（含）"],
  ["20", "三次以上"],
  ["20", "10%以上"],
  ["21", "第四阶段"],
  ["22", "第二阶段"],
  ["24", "5000平方米及以上"],
  ["24", "六个百分之百"],
  ["27", "苏大气办〔2018〕8号"],
  ["28", "2019~2020年"],
  ["29", "15个重点行业"],
  ["30", "第二轮"],
])("measure %s says %s", (no, words) => {
  const texts = [
    ...pack.indicators.filter(({ measure }) => measure === no).map(({ name }) => name),
    ...pack.measures.filter((one) => one.no === no).map(({ summary }) => summary),
    ...pack.mechanisms
      .filter(({ clause }) => clause.startsWith(`第${no}条`))
      .map((one) => JSON.stringify(one)),
  ];
  expect(texts.join("\n")).toContain(words);
});

describe("what the plan dates or places", () => {
  test.each([
    ["m8-port-bulk-by-rail-water", "2020-10-31", undefined],
    ["m16-fugitive-fixed", "2020-06-30", undefined],
    ["s1-stations", "2020-09-30", undefined],
    ["s1-town-coverage", "2020-09-30", undefined],
    ["s1-tonghai-port-station", "2020-12-31", undefined],
    ["m3-spray-centre-pilots", "2020-12-31", ["haian", "tongzhou", "gangzha"]],
    ["m4-huaneng-unit-2", "2020-12-31", ["gangzha"]],
    ["m4-taixiang-boilers", "2020-12-31", ["kaifaqu"]],
    ["m17-huadian-denox", "2020-12-31", ["tongzhou"]],
    ["m19-cupolas", "2020-12-31", ["haian", "rudong"]],
    ["m19-aluminium-limits", "2020-12-31", ["tongzhou"]],
    ["s4-town-ranking-first", "2020-06-30", ["haian", "haimen-city", "tongzhou"]],
  ])("%s is due %s", (id, deadline, counties) => {
    expect(indicator(id)?.deadline).toBe(deadline);
    expect(indicator(id)?.counties).toEqual(counties);
  });

  test("towns are ranked by the end of June in three counties and of September in all others", () => {
    const first = indicator("s4-town-ranking-first")?.counties ?? [];
    const rest = indicator("s4-town-ranking-rest");
    const inJune = pack.regions.filter((one) => one.kind !== "city" && (one.from ?? "") <= "2020-06-30");
    expect(rest?.deadline).toBe("2020-09-30");
    expect([...first, ...(rest?.counties ?? [])].sort()).toEqual(inJune.map(({ id }) => id).sort());
  });

  test("only what the plan strives for (力争) is an aspiration", () => {
    expect(pack.indicators.filter(({ aspiration }) => aspiration).map(({ id }) => id)).toEqual([
      "m5-gas-use",
      "m5-non-fossil-capacity",
      "m5-non-fossil-capacity-share",
      "m6-green-area",
      "m9-old-diesel-trucks",
      "m24-no-bare-soil",
    ]);
  });

  test("totals grow through the year, and dustfall holds every month", () => {
    expect(pack.indicators.filter(({ kind, pace }) => (kind === "count") !== (pace === "linear"))).toEqual(
      [],
    );
    expect(indicator("m26-dustfall")?.pace).toBe("always");
  });
});

test("a 约谈 follows three months among the province's last ten by PM2.5", () => {
  const interview = pack.mechanisms.find(({ id }) => id === "interview");
  expect(interview?.parameters).toMatchObject({ months: 3, bottomRanks: 10, pollutant: "PM2.5" });
});

describe("regions and days", () => {
  test.each([
    ["港闸区", "2020-07-27", "gangzha"],
    ["港闸区", "2020-07-28", "chongchuan"],
    ["崇川", "2020-07-27", "chongchuan-old"],
    ["崇川", "2020-07-28", "chongchuan"],
    ["海门市", "2020-12-31", "haimen"],
    ["海门", "2020-05-01", "haimen-city"],
    ["通州", "2020-05-01", "tongzhou"],
    ["通州湾", "2020-05-01", "tongzhouwan"],
  ])("%s on %s is %s", (word, date, id) => {
    const found = pack.regions.filter(
      ({ name, short, aliases, from, to }) =>
        [name, short, ...aliases].includes(word) && (from ?? "") <= date && date <= (to ?? "9999"),
    );
    expect(found.map((one) => one.id)).toEqual([id]);
  });

  test.each([
    [2019, 250],
    [2020, 249],
    [2021, 250],
  ])("%i has %i working days", (year, days) => {
    const calendar = pack.calendars.find((one) => one.year === year);
    let count = 0;
    for (let day = Temporal.PlainDate.from(`${year}-01-01`); day.year === year; day = day.add({ days: 1 })) {
      const weekend = day.dayOfWeek > 5;
      const text = day.toString();
      if (calendar?.work.includes(text)) expect(weekend, text).toBe(true);
      if (calendar?.work.includes(text) || (!weekend && !calendar?.off.includes(text))) count += 1;
    }
    expect(count).toBe(days);
  });
});
