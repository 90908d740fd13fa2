import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dependenciesDocument } from "./dependencies-document.ts";

// Draws docs/dependencies.md from the lock file and what is installed: `npm run docs:dependencies`. A test fails when a package,
// a version or a licence in it is out of date.
const root = join(import.meta.dirname, "../..");
const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
writeFileSync(join(root, "docs/dependencies.md"), dependenciesDocument(lock, kilobytesOf));

/** Without the packages that lie inside it. */
function kilobytesOf(name: string): number | null {
  const folder = join(root, "node_modules", name);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return null;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.slice(folder.length).includes("node_modules"),
  );
  const bytes = files.reduce(
    (sum, { parentPath, name: file }) => sum + statSync(join(parentPath, file)).size,
    0,
  );
  return Math.ceil(bytes / 1000);
}
