import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { entries, MOST_BYTES } from "./entries.ts";

const folder = join(import.meta.dirname, "../../docs/gallery");

test("the gallery shows each entry, with pictures that are there and light", () => {
  const index = readFileSync(join(folder, "README.md"), "utf8");
  const shown = [...index.matchAll(/<img src="([^"]+)"/g)].map(([, name = ""]) => name);
  for (const { file, title } of entries) {
    expect(index).toContain(`## ${title}\n`);
    const pages = shown.filter((name) => name === `${file}.png` || name.startsWith(`${file}-`));
    expect(pages.length, file).toBeGreaterThan(0);
  }
  for (const name of shown) {
    expect(existsSync(join(folder, name)), name).toBe(true);
    expect(statSync(join(folder, name)).size, name).toBeLessThanOrEqual(MOST_BYTES);
  }
  // Nothing lies there that nobody shows.
  expect(
    readdirSync(folder)
      .filter((name) => name.endsWith(".png"))
      .sort(),
  ).toEqual(shown.toSorted());
});
