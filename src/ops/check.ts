import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * `npm run check`: everything about the code that can be said without running it. All checks run, so that one call shows
 * every fault; the exit status is 1 when any of them failed.
 */
const bin = (name: string) => join("node_modules", ".bin", name);
const checks: readonly (readonly [what: string, command: string, ...args: string[]])[] = [
  ["types", bin("tsc"), "--noEmit"],
  ["types of the console's page", bin("tsc"), "--noEmit", "-p", "src/platforms/web/page"],
  ["style", bin("biome"), "check", "--error-on-warnings"],
  [
    "import directions",
    bin("depcruise"),
    "--config",
    ".dependency-cruiser.cjs",
    "src",
    "commands",
    "schedules",
    "seeds",
    "bench",
  ],
  ["dead code and unused packages", bin("knip")],
  ["plan packs", process.execPath, "src/ops/check-packs.ts"],
];

let failed = 0;
for (const [what, command, ...args] of checks) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const passed = status === 0;
  console.log(`${passed ? "ok    " : "FAILED"} ${what}`);
  if (passed) continue;
  failed += 1;
  console.log([stdout, stderr, error?.message].filter(Boolean).join("\n"));
}
process.exitCode = failed > 0 ? 1 : 0;
