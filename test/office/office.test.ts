import { expect, test } from "vitest";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { listsByPerson } from "../../src/office/lists.ts";
import { officeOf } from "../../src/office/office.ts";
import type { Person } from "../../src/store/people.ts";

const office = officeOf(await loadPlanPack("seeds/nantong-2020"));
const day = (date: string) => Temporal.PlainDate.from(date);

test.each([
  ["a month before the merger, asked afterwards", "2020-06-30", "2020-10-09", true],
  ["the year, asked before the merger", "2020-12-31", "2020-06-15", true],
  ["the year, asked on its day", "2020-12-31", "2020-07-28", false],
  ["a month after it", "2020-08-31", "2020-10-09", false],
])("%s has the regions of as far as it has come", (_, to, today, apart) => {
  const shorts = office.regionsOf({ to: day(to) }, day(today)).map(({ short }) => short);
  expect(shorts.includes("港闸")).toBe(apart);
  expect(shorts.filter((short) => short === "崇川")).toHaveLength(1);
});

test("what people are to be told is one list each, in the order in which they come up", () => {
  const lists = listsByPerson<string>();
  const [one, two] = [{ id: 1 } as Person, { id: 2 } as Person];
  lists.add(two, "a");
  lists.add(one, "b");
  lists.add(two, "c");
  expect(lists.all()).toEqual([
    { person: two, items: ["a", "c"] },
    { person: one, items: ["b"] },
  ]);
});
