import { startVitest } from "vitest/node";
import { CHECKS } from "./checks.ts";

// `npm run docs:reliability`: the checks' own files with their large numbers, and docs/reliability.md from what came of them.
// `-- alone/soak.test.ts` runs that file anew and keeps what came of the others.
process.env.TEST_FULL = "1";
process.env.RELIABILITY_RECORD = "1";
const named = process.argv.slice(2);
const files = named.length > 0 ? named : new Set(CHECKS.flatMap(({ tests }) => Object.keys(tests)));
await startVitest(
  "test",
  [...files].map((file) => `test/${file}`),
  { run: true },
);
