import { createInterface } from "node:readline";
import { sayPhrase } from "../../src/ops/say.ts";

// Runs `say` for each line of standard input, a JSON list of its arguments, and answers each with a line.
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
  const status = await sayPhrase(JSON.parse(line), process.env, io);
  process.stdout.write(`${JSON.stringify({ status, stdout, stderr })}\n`);
}
