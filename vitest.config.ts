import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// TEST_REPORT: where a machine-readable report goes besides the printed one.
const report = process.env.TEST_REPORT;

// No test is decided by time: this only ends a run that hangs.
const full = process.env.TEST_FULL === "1";
const patience = full ? 7_200_000 : 300_000;

// What is measured by the machine's clock runs in the large run, when everything else is through, and by itself.
const together = { include: ["test/**/*.test.ts"], exclude: ["test/alone/**"], sequence: { groupOrder: 0 } };
const alone = { include: ["test/alone/*.test.ts"], maxWorkers: 1, sequence: { groupOrder: 1 } };

// A suite that each platform calls in a line, a table of phrases: they say little and take long. Vitest begins with what is
// long to read, and would come to these when nothing is left that the other processes could do meanwhile.
const long = /\/test\/(platforms\/conformance|chat\/phrases|papers\/printed)/;
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [true, false].flatMap((isLong) => sorted.filter((file) => long.test(file.moduleId) === isLong));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    ...(full
      ? {
          projects: [
            { extends: true as const, test: { name: "together", ...together } },
            { extends: true as const, test: { name: "alone", ...alone } },
          ],
        }
      : { include: together.include, exclude: together.exclude }),
    testTimeout: patience,
    hookTimeout: patience,
    // Real sockets and processes on a crowded machine: a submission isn't lost to one of them, and the report names it.
    retry: process.env.TEST_RETRY === "1" ? 1 : 0,
    pool: "forks",
    // Tests often wait for a process, a server or a page: there are two more than cores to work meanwhile.
    maxWorkers: availableParallelism() + 2,
    // Workers start as our own processes do. Each question makes garbage that is dead at once: room for more of it takes a
    // sixth off the processor's time.
    execArgv: ["--import", "./src/require-node.mjs", "--max-semi-space-size=64"],
    // Our own files are loaded as the product loads them; only tests go through vitest.
    server: { deps: { external: [/\/(src|commands|schedules|seeds)\/.*\.ts$/] } },
    // Files share a worker's modules, and so its seeded database: half the time, and nothing in src keeps state of its own.
    isolate: false,
    globalSetup: "test/support/tidy.ts",
    // Tests set what they need; the developer's own settings must not reach them. Far from the office's time zone, so that a
    // confusion of the two shows.
    env: { DATABASE_URL: "", LANTIAN_DEMO: "", LOG_LEVEL: "silent", TZ: "America/New_York" },
    reporters: [
      "default",
      ...(report ? [["json", { outputFile: report }] as ["json", { outputFile: string }]] : []),
      ...(full ? ["./test/reliability/report.ts"] : []),
    ],
  },
});
