import { writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { isWell, printed, type Ran, reliabilityDocument, resultsOf } from "./document.ts";

const root = join(import.meta.dirname, "../..");

/** Prints the reliability bar behind a large run, and with RELIABILITY_RECORD=1 draws docs/reliability.md from it. */
export default class ReliabilityReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = resultsOf(modules.flatMap(ranIn));
    process.stdout.write(
      `\n${printed(results)}\n${results.filter(isWell).length} of ${results.length} checks hold\n`,
    );
    if (process.env.RELIABILITY_RECORD === "1")
      writeFileSync(
        join(root, "docs/reliability.md"),
        reliabilityDocument(results, new Date().toISOString().slice(0, 10)),
      );
  }
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
