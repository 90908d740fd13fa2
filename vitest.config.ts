import { defineConfig } from "vitest/config";

// TEST_REPORT: where a machine-readable report goes besides the printed one.
const report = process.env.TEST_REPORT;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Workers start as our own processes do.
    execArgv: ["--import", "./src/require-node.mjs"],
    // Files share a worker's modules, and so its seeded database: half the time, and nothing in src keeps state of its own.
    isolate: false,
    globalSetup: "test/support/tidy.ts",
    // Tests set what they need; the developer's own settings must not reach them.
    env: { DATABASE_URL: "", LANTIAN_DEMO: "", LOG_LEVEL: "silent" },
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
