import { expect, test } from "vitest";
import { casesOf, GUARDS } from "../../src/ops/guards.ts";

test("each guard has a table of cases where it stands", () => {
  expect(GUARDS.filter((guard) => casesOf(guard).length === 0)).toEqual([]);
});
