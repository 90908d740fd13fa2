import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const DECLARED = /^export (?:async )?(?:const|let|function\*?|class|type|interface|enum) (\w+)/gm;

/** A file that passes on what another declares shares the thing, not only the name, and isn't among them. */
test("no two exported things share a name", () => {
  const files = new Map<string, string[]>();
  for (const file of globSync("{src,commands,schedules}/**/*.ts", { cwd: root }))
    for (const [, name = ""] of readFileSync(join(root, file), "utf8").matchAll(DECLARED))
      files.set(name, [...(files.get(name) ?? []), file]);
  expect(files.size).toBeGreaterThan(500);
  expect([...files].filter(([, all]) => all.length > 1)).toEqual([]);
});
