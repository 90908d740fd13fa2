import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { casesOf, GUARDS } from "../../src/ops/guards.ts";

test("each guard has its table of cases in the file of its name", () => {
  expect(GUARDS.filter((guard) => !existsSync(guard) || !existsSync(casesOf(guard)))).toEqual([]);
});
