import { expect, test } from "vitest";
import { type Exposing, exposureGap } from "../../../src/domain/papers/exposure-rule.ts";

const told: Exposing = {
  ...{ state: "informed", pictures: 1, objectBy: "2020-06-18" },
  ...{ county: "silent", over: false },
};
const [LAST, AFTER] = ["2020-06-18", "2020-06-19"];

test.each<[string, Partial<Exposing>, string, ReturnType<typeof exposureGap>]>([
  ["once its county's days are over", {}, AFTER, null],
  ["not on the last of them", {}, LAST, "may-object"],
  ["at once where the county agrees", { county: "agrees" }, LAST, null],
  ["not while an objection stands, even later", { county: "objects" }, AFTER, "objection"],
  ["once the office has answered the objection", { county: "answered" }, LAST, null],
  ["not before the county was told", { state: "preparing", objectBy: null }, AFTER, "not-informed"],
  ["not where it is prepared anew", { state: "preparing" }, AFTER, "not-informed"],
  ["not where no day was named", { objectBy: null }, AFTER, "not-informed"],
  ["not without a picture", { pictures: 0 }, AFTER, "no-picture"],
  ["not what nobody has to mend any more", { over: true }, AFTER, "over"],
  ["not what was struck", { state: "struck", over: true }, AFTER, "struck"],
])("a problem is made public: %s", (_, one, today, gap) => {
  expect(exposureGap({ ...told, ...one }, today)).toBe(gap);
});
