import { CHECKS, type Check, PROMISES } from "./checks.ts";

/** What a run says about one test. */
export type Ran = {
  /** Below test/. */
  file: string;
  name: string;
  state: "passed" | "failed" | "skipped";
  ms: number;
  /** What it measured, in its own words. */
  figures: readonly string[];
};

export type Result = { check: Check; passed: number; failed: string[]; seconds: number; figures: string[] };

const isOf = (check: Check, { file, name }: Ran) =>
  (check.tests[file] ?? []).some((beginning) => name.startsWith(beginning));

/** What became of each check in a run. */
export const resultsOf = (ran: readonly Ran[]): Result[] =>
  CHECKS.map((check) => {
    const own = ran.filter((one) => isOf(check, one));
    return {
      check,
      passed: own.filter(({ state }) => state === "passed").length,
      failed: own.filter(({ state }) => state === "failed").map(({ name }) => name),
      seconds: Math.round(own.reduce((sum, { ms }) => sum + ms, 0) / 1000),
      figures: own.flatMap(({ figures }) => figures),
    };
  });

export const isWell = ({ passed, failed }: Result) => passed > 0 && failed.length === 0;

/** A result in one line's words. */
export const wordsOf = (result: Result): string => {
  const { passed, failed, seconds, figures } = result;
  if (failed.length > 0) return `FAILED: ${failed.join("; ")}`;
  if (passed === 0) return "not run";
  return [`passed (${passed} ${passed === 1 ? "test" : "tests"}, ${seconds} s)`, ...figures].join("; ");
};

/** `check | load and faults | result`, as the run prints it. */
export const printed = (results: readonly Result[]): string =>
  ["check | load and faults | result"]
    .concat(results.map((one) => `${one.check.id} ${one.check.check} | ${one.check.load} | ${wordsOf(one)}`))
    .join("\n");

const listOf = (ids: readonly string[]) => ids.join(", ");

/** docs/reliability.md: what is promised, and the run that shows it. */
export const reliabilityDocument = (results: readonly Result[], on: string): string =>
  `# What Lantian promises, and the run that shows it

Drawn by \`npm run docs:reliability\` last on ${on}, each file of tests by its last run; the checks stand in [test/reliability/checks.ts](../test/reliability/checks.ts). A submission runs a seeded part of each; the large numbers run with \`npm run test:full\`.

| | promise | held by |
|---|---|---|
${Object.entries(PROMISES)
  .map(
    ([id, words]) =>
      `| **${id}** | ${words} | ${listOf(results.filter((one) => one.check.holds.includes(id as keyof typeof PROMISES)).map((one) => (isWell(one) ? one.check.id : `~~${one.check.id}~~`)))} |`,
  )
  .join("\n")}

| | check | load and faults | result |
|---|---|---|---|
${results.map((one) => `| ${one.check.id} | ${one.check.check} | ${one.check.load} | ${wordsOf(one)} |`).join("\n")}

A kill is \`SIGKILL\`, which doesn't prove that a disk keeps what it says it has kept; the torn logs stand for that. Telegram can't be read back: what may have arrived there is listed (\`投递\`) and left to people, once a message class says that it must not repeat ([delivery.md](delivery.md)).
`;
