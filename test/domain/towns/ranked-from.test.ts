import { expect, test } from "vitest";
import { townsRankedFrom } from "../../../src/domain/towns/ranked-from.ts";

const rule = (parameters: Record<string, string | number>) => [
  { id: "town-ranking", name: "", cadence: "continuous" as const, summary: "", clause: "", parameters },
];
const plan = { first: "海安、海门、通州", firstBy: "2020-06-30", othersBy: "2020-09-30" };

test.each([
  ["one of the first", plan, "海门", "2020-06-30"],
  ["any other", plan, "如皋", "2020-09-30"],
  ["a name that begins alike is another county", plan, "通州湾示范区", "2020-09-30"],
  ["all at once", { othersBy: "2020-09-30" }, "海安", "2020-09-30"],
  ["a rule without days", {}, "海安", null],
])("%s", (_, parameters, short, from) => {
  expect(townsRankedFrom(rule(parameters as Record<string, string>), { short })).toBe(from);
});

test("a plan without town rankings ranks none", () => {
  expect(townsRankedFrom([], { short: "海安" })).toBeNull();
});
