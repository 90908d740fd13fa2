import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { isWell, printed, type Ran, reliabilityDocument, resultsOf } from "./document.ts";

const root = join(import.meta.dirname, "../..");
const kept = join(root, "test-output/reliability.json");

/** Prints the reliability bar behind a large run, and with RELIABILITY_RECORD=1 draws docs/reliability.md from it. */
export default class ReliabilityReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const record = process.env.RELIABILITY_RECORD === "1";
    const ran = modules.flatMap(ranIn);
    const results = resultsOf(record ? keptWith(ran) : ran);
    process.stdout.write(
      `\n${printed(results)}\n${results.filter(isWell).length} of ${results.length} checks hold\n`,
    );
    if (record)
      writeFileSync(
        join(root, "docs/reliability.md"),
        reliabilityDocument(results, new Date().toISOString().slice(0, 10)),
      );
  }
}

/** What has been recorded of other files, and this run of these: the bar at its full size takes hours. */
function keptWith(ran: readonly Ran[]): Ran[] {
  const files = new Set(ran.map(({ file }) => file));
  const earlier: Ran[] = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : [];
  const all = [...earlier.filter(({ file }) => !files.has(file)), ...ran];
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify(all));
  return all;
}

function ranIn(module: TestModule): Ran[] {
  const file = relative(join(root, "test"), module.moduleId).split(sep).join("/");
  return [...module.children.allTests()].map((one) => {
    const state = one.result().state;
    return {
      file,
      name: one.name,
      state: state === "pending" ? "skipped" : state,
      ms: one.diagnostic()?.duration ?? 0,
      figures: one.annotations().map(({ message }) => message),
    };
  });
}
