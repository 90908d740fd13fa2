import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// Two signs look alike, the micro sign and a Greek letter; a table that has both can't be searched, and Word sets them in two fonts.
test("what the bot writes has one sign for micro in µg/m³", () => {
  const files = globSync("{src,commands,schedules}/**/*.ts", { cwd: `${import.meta.dirname}/..` });
  const greek = files.filter((file) =>
    readFileSync(`${import.meta.dirname}/../${file}`, "utf8").includes("\u03bcg/m³"),
  );
  // It reads what people write, in either.
  expect(greek).toEqual(["commands/budget.ts"]);
});
