import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// TEST_REPORT: where a machine-readable report goes besides the printed one.
const report = process.env.TEST_REPORT;

// No test is decided by time: this only ends a run that hangs.
const patience = process.env.TEST_FULL === "1" ? 3_600_000 : 300_000;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: patience,
    hookTimeout: patience,
    // Real sockets and processes on a crowded machine: a submission isn't lost to one of them, and the report names it.
    retry: process.env.TEST_RETRY === "1" ? 1 : 0,
    pool: "forks",
    // Tests often wait for a process or a server: there is one more than cores to wait meanwhile.
    maxWorkers: availableParallelism() + 1,
    // Workers start as our own processes do.
    execArgv: ["--import", "./src/require-node.mjs"],
    // Files share a worker's modules, and so its seeded database: half the time, and nothing in src keeps state of its own.
    isolate: false,
    globalSetup: "test/support/tidy.ts",
    // Tests set what they need; the developer's own settings must not reach them. Far from the office's time zone, so that a
    // confusion of the two shows.
    env: { DATABASE_URL: "", LANTIAN_DEMO: "", LOG_LEVEL: "silent", TZ: "America/New_York" },
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
