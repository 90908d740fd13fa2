import { expect, test } from "vitest";
import { loadPlanPack } from "../../../src/intake/plan-pack.ts";
import { officeOf } from "../../../src/office/office.ts";

const pack = await loadPlanPack("seeds/nantong-2020");
const office = officeOf(pack);
const day = (iso: string) => Temporal.PlainDate.from(iso);
const ofCounty = (id: string, date = "2020-06-15") =>
  office.subunitsOf(office.region(id as never).id, day(date));

test("a county has its towns, and a bureau of its own for each department of the city", () => {
  const below = ofCounty("haian");
  expect(below.filter(({ kind }) => kind === "town").map(({ short }) => short)).toContain("城东镇");
  const bureaus = below.filter(({ kind }) => kind === "bureau");
  const own = pack.departments.filter(({ name }) => name.startsWith("南通市"));
  expect(bureaus.map(({ department }) => department)).toEqual(own.map(({ id }) => id));
  expect(bureaus.find(({ department }) => department === "housing")).toMatchObject({
    name: "海安市住房和城乡建设局",
    short: "海安住建局",
  });
});

test("no two of one county are called alike, whole or short", () => {
  for (const { id, kind } of pack.regions.filter((one) => one.kind !== "city")) {
    const names = ofCounty(id).flatMap(({ name, short }) => [...new Set([name, short])]);
    expect(new Set(names).size, `${kind} ${id}`).toBe(names.length);
  }
});

test("a county that has become another keeps its towns; its bureaus are the new one's", () => {
  const names = (date: string) => ofCounty("haimen-city", date).map(({ name }) => name);
  expect(names("2020-07-27")).toEqual(expect.arrayContaining(["三星镇", "海门市住房和城乡建设局"]));
  expect(names("2020-07-28")).toEqual(expect.arrayContaining(["三星镇", "海门区住房和城乡建设局"]));
  expect(names("2020-07-28")).not.toContain("海门市住房和城乡建设局");
});

test("somebody of a town belongs to its county", () => {
  const town = ofCounty("haian")[0];
  expect(office.heirOn(town?.id as never, day("2020-06-15")).short).toBe("海安");
  expect(office.subunit(town?.id as never)).toBe(town);
});
