import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "月份,县区,PM2.5,名次,总数,并列数";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const places = async (month: string) =>
  (await office.bot.store.read((r) => r.provincialRanks.between(month, month))).map((row) => [
    row.regionId,
    row.pm25,
    row.rank,
    row.total,
    row.tied,
  ]);

test("places come in, an empty one as unknown; another value is a correction", async () => {
  const rows = [
    "2018-04,启东,27,3,54,",
    "2018年4月,海安,37.5,46（并列）,54,",
    "2018-04,如皋,,,,",
    "2018-04,如东,30,第10名,54,3",
  ];
  expect(await brings(...rows)).toMatchObject({ kind: "provincial-rank", rows: 4, added: 4 });
  expect(await places("2018-04")).toEqual([
    ["haian", 375, 46, 54, 2],
    ["qidong", 270, 3, 54, 1],
    ["rudong", 300, 10, 54, 3],
    ["rugao", null, null, null, 1],
  ]);
  expect(await brings(...rows)).toMatchObject({ added: 0, corrected: 0, unchanged: 4 });
  expect(await brings("2018-04,启东,27,4,54,")).toMatchObject({ corrected: 1 });
});

test.each([
  ["2020-06,海安,37,46,54,", "2 月份 2020-06 该月还没有结束，请核对月份"],
  ["2018-05,海安,37,55,54,", "2 名次 55 名次在总数54之外，请核对"],
  ["2018-05,海安,37,倒1,54,", "2 名次 倒1 请写正数的位次：共54个时，倒1写54，倒2写53"],
  ["2018-05,海安,37,最后,54,", "2 名次 最后 不是位次，请只填数字；不在公布名单里的请留空"],
  ["2018-05,海安,37,0,54,", "2 名次 0 不是位次，请只填数字；不在公布名单里的请留空"],
  ["2018-05,海安,37,46,,", "2 总数  没有写明总数，有名次的须写明共有多少个县（市、区）参加排名"],
  ["2018-05,海安,37,46并列,54,1", "2 并列数 1 名次写了并列，并列数应是2或更多"],
  ["2018-05,南通,37,46,54,", "2 县区 南通 没有名为“南通”的县（市、区），请核对名称"],
])("%s is refused, and nothing is stored", async (row, fault) => {
  expect(faultsOf(await brings(row))).toEqual([fault]);
  expect(await places("2018-05")).toEqual([]);
});
