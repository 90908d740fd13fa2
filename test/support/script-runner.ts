import { createInterface } from "node:readline";
import type { Script } from "../../src/ops/script.ts";

const bodies: Readonly<Record<string, () => Promise<Script>>> = {
  say: async () => (await import("../../src/ops/say.ts")).sayPhrase,
  play: async () => (await import("../../src/ops/play.ts")).play,
  import: async () => (await import("../../src/ops/import.ts")).importTable,
  doctor: async () => (await import("../../src/ops/doctor.ts")).doctor,
};

// Runs a script for each line of standard input, a JSON list of its name, its arguments and settings of its own, and answers
// each with a line.
for await (const line of createInterface({ input: process.stdin })) {
  let [stdout, stderr] = ["", ""];
  const io = {
    out: (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
  };
  const [name, args, own] = JSON.parse(line);
  const body = await bodies[name]?.();
  const status = await body?.(args, { ...process.env, ...own }, io);
  process.stdout.write(`${JSON.stringify({ status, stdout, stderr })}\n`);
}
