import { expect, test } from "vitest";
import {
  type GuaranteeRow,
  guaranteesOf,
  runningOn,
  targetsFor,
  withTarget,
} from "../../../src/domain/seasons/guarantee.ts";
import { loadPlanPack } from "../../../src/intake/plan-pack.ts";

const pack = await loadPlanPack("seeds/nantong-2020");
const row = (over: Partial<GuaranteeRow>): GuaranteeRow => ({
  ...{ id: 1, packId: null, name: "旅游节", from: "2020-09-18", to: "2020-09-22" },
  ...{ targets: "[]", measures: null, cancelledAt: null },
  ...over,
});
const names = (rows: readonly GuaranteeRow[]) => guaranteesOf(pack, rows).map(({ name }) => name);

test("the pack's season lasts into the next year, and contains its events", () => {
  const all = guaranteesOf(pack, []);
  expect(all[0]).toMatchObject({ name: "秋冬季", from: "2020-10-01", to: "2021-03-31" });
  expect(runningOn(all, "2020-11-05").map(({ name }) => name)).toEqual(["秋冬季", "进博会"]);
  expect(runningOn(all, "2021-03-31").map(({ name }) => name)).toEqual(["秋冬季"]);
  for (const day of ["2020-09-30", "2021-04-01"]) expect(runningOn(all, day)).toEqual([]);
});

test.each([
  [
    "the office's own is one more, in its place",
    [row({})],
    ["旅游节", "秋冬季", "进博会", "世界互联网大会", "国家公祭日"],
  ],
  [
    "a cancelled one is gone",
    [row({ cancelledAt: 1 })],
    ["秋冬季", "进博会", "世界互联网大会", "国家公祭日"],
  ],
  [
    "the pack's is gone as well",
    [row({ packId: "import-expo", cancelledAt: 1 })],
    ["秋冬季", "世界互联网大会", "国家公祭日"],
  ],
  [
    "the newest decision counts",
    [
      row({ packId: "import-expo", cancelledAt: 1 }),
      row({ id: 2, packId: "import-expo", name: "进博会", from: "2020-12-20" }),
    ],
    ["秋冬季", "世界互联网大会", "国家公祭日", "进博会"],
  ],
  [
    "what another pack had is the office's own",
    [row({ packId: "expo-2010" })],
    ["旅游节", "秋冬季", "进博会", "世界互联网大会", "国家公祭日"],
  ],
])("%s", (_what, rows, expected) => {
  expect(names(rows)).toEqual(expected);
});

test("a county has its own targets, and never the city's", () => {
  const [own] = guaranteesOf(pack, [
    row({
      targets: JSON.stringify([
        { metric: "pm25-mean", value: "60" },
        { metric: "pm25-mean", value: "55", region: "haian" },
      ]),
    }),
  ]);
  if (own === undefined) throw new Error("none");
  expect(targetsFor(own, null)).toEqual([{ metric: "pm25-mean", value: "60" }]);
  expect(targetsFor(own, ["haian"])).toMatchObject([{ value: "55" }]);
  expect(targetsFor(own, ["rugao"])).toEqual([]);
  expect(withTarget(own.targets, { metric: "pm25-mean", value: "50" }).map(({ value }) => value)).toEqual([
    "55",
    "50",
  ]);
});
