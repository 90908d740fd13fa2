import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "月份,县区,点位,降尘量,天数";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-08-10T08:30" });
});
afterAll(() => office.close());

const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const points = async (month: string) =>
  (await office.bot.store.read((r) => r.dustfall.between(month, month)))
    .filter(({ site }) => !site.startsWith("演示"))
    .map(({ regionId, site, value, exposure, note }) => [site, regionId, value, exposure, note])
    .sort();

test("points come in as the laboratory reports them, per thirty days already; a lost one is missing", async () => {
  const rows = [
    "2020-05,海安,一中,3.3,30",
    "2020年5月,海安,镇政府,,30",
    "2020/5,海安,水厂,瓶破,30",
    "2020-05,如东,环保局,5.25,31.5",
  ];
  expect(await brings(...rows)).toMatchObject({ kind: "dustfall", rows: 4, added: 4 });
  expect(await points("2020-05")).toEqual(
    [
      ["一中", "haian", 330, 300, null],
      ["水厂", "haian", null, 300, "瓶破"],
      ["镇政府", "haian", null, 300, null],
      ["环保局", "rudong", 525, 315, null],
    ].sort(),
  );
  expect(await brings(...rows)).toMatchObject({ added: 0, corrected: 0, unchanged: 4 });
  expect(await brings("2020-05,如东,环保局,5.2,31.5")).toMatchObject({ added: 0, corrected: 1 });
});

test("the laboratory's own table says the dates of exposure instead: the month is the one that holds their middle", async () => {
  const head = "序号,县（市、区）,采样点,放样日期,收样日期,采样天数,降尘量（t/km²·30d）,备注";
  const rows = [
    "1,海安,甲点,2020-06-01,2020-07-01,30,3.6,",
    "2,海安,乙点,2020-05-28,2020-06-27,30,,集尘缸破损",
    "3,如东,丙点,2020-06-01,2020-07-04,,4.4,",
  ];
  expect(await importText(office, [head, ...rows])).toMatchObject({ kind: "dustfall", added: 3 });
  expect(await points("2020-06")).toEqual(
    [
      ["丙点", "rudong", 440, 330, null],
      ["乙点", "haian", null, 300, "集尘缸破损"],
      ["甲点", "haian", 360, 300, null],
    ].sort(),
  );
  expect(faultsOf(await importText(office, [head, "1,海安,丁点,2020-06-01,2020-07-01,20,3.6,"]))).toEqual([
    "2 采样天数 20 与放样、收样日期不符（相隔30天），请核对",
  ]);
  expect(faultsOf(await importText(office, [head, "1,海安,丁点,2020-07-01,2020-06-01,,3.6,"]))).toEqual([
    "2 收样日期 2020-06-01 不在放样日期之后，请核对",
  ]);
});

test.each([
  ["2020-08,海安,一中,3.3,30", "2 月份 2020-08 该月还没有结束，请核对月份"],
  ["2020-05,海安,一中,0,30", "2 降尘量 0 降尘量不会是0；点位样品失效请留空或写明“瓶破”等"],
  ["2020-05,海安,一中,100.01,30", "2 降尘量 100.01 应在0.01至100之间，请核对"],
  ["2020-05,海安,一中,三,30", "2 降尘量 三 不是数字，请只填数字；没有数据请留空"],
  ["2020-05,海安,一中,3.456,30", "2 降尘量 3.456 小数最多2位，请修约后再填"],
  ["2020-05,海按,一中,3.3,30", "2 县区 海按 没有名为“海按”的县（市、区），您要找的是“海安”吗？"],
  ["2020-05,海安,,3.3,30", "2 点位  没有写明点位，请补上"],
])("%s is refused, and nothing is stored", async (row, fault) => {
  const before = await points("2020-05");
  expect(faultsOf(await brings(row, "2020-05,启东,乙点,3,30"))).toEqual([fault]);
  expect(await points("2020-05")).toEqual(before);
});

test("in the month of the merger a table may still have both districts, and the new one rests on the points of both", async () => {
  const rows = ["2020-07,港闸区,北点,3,30", "2020-07,崇川,南点,4,30", "2020-07,海门市,东点,3.5,30"];
  expect(await brings(...rows)).toMatchObject({ added: 3 });
  const { points } = (await office.says("市办", "降尘 崇川 7月")).facts;
  const sites = points.map(({ site }: { site: string }) => site);
  expect(sites).toEqual(expect.arrayContaining(["北点", "南点"]));
  expect((await office.says("市办", "降尘 海门 7月")).text).toContain("东点");
});

test("a point may name its town, which has a mean of its own; an empty cell keeps it, another county's is refused", async () => {
  const head = "月份,县区,镇街,点位,降尘量,天数";
  const rows = [
    "2019-12,海安,城东镇,东一,3.3,30",
    "2019-12,海安,城东镇,东二,4.05,30",
    "2019-12,海安,,别处,9.9,30",
  ];
  expect(await importText(office, [head, ...rows])).toMatchObject({ kind: "dustfall", added: 3 });
  const seen = await office.says("市办", "降尘 海安 2019年12月");
  expect(seen.facts.towns).toEqual([{ town: "城东镇", value: 3.7 }]);
  expect(seen.text).toContain("城东镇");
  expect(await importText(office, ["月份,县区,点位,降尘量,天数", "2019-12,海安,东一,3.4,30"])).toMatchObject({
    corrected: 1,
  });
  expect((await office.says("市办", "降尘 海安 2019年12月")).facts.towns).toEqual([
    { town: "城东镇", value: 3.7 },
  ]);
  expect(faultsOf(await importText(office, [head, "2019-12,如东,城东镇,东三,3.3,30"]))).toEqual([
    "2 镇街 城东镇 城东镇不属于本行的县（市、区），请核对",
  ]);
  expect(faultsOf(await importText(office, [head, "2019-12,海安,无此镇,东三,3.3,30"]))).toEqual([
    "2 镇街 无此镇 没有名为“无此镇”的镇街，请核对；没有可留空",
  ]);
});
