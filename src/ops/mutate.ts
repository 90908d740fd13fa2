import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { casesOf, GUARDS } from "./guards.ts";

/**
 * `npm run mutate [-- guards | BASE | FILE ...]`: Stryker changes one thing at a time in the files that differ from a base
 * (what origin/main and this branch have in common, otherwise the last commit), or in all guards, and looks whether a test
 * fails. File by file, within 20 minutes in all; what time is left for is judged, and the score is printed.
 */
const MINUTES = 20;
const WANTED_PCT = 85;
/** One file for each mutant that has been judged, so that a run that is stopped has its score, too; see stryker.config.json. */
const JUDGED = "test-output/mutants-judged";
const SANDBOX = "test-output/mutants";
/** Tests that start browsers, processes and whole years: each mutant would wait for them. */
const SLOW = [
  "test/{browser,ops,transcript}/**",
  "test/**/{killed,mass,storm,outages,restart,stopping,try,readme}.test.ts",
];

/** What counts for the tests and what against them; anything else was no mutant to be judged. */
const CAUGHT = ["Killed", "Timeout"];
const MISSED = ["Survived", "NoCoverage"];

const files = filesFrom(process.argv.slice(2));
const ends = Date.now() + MINUTES * 60_000;
let [caught, counted] = [0, 0];
const unread: string[] = [];
for (const file of files) {
  const left = ends - Date.now();
  if (left <= 0) {
    unread.push(file);
    continue;
  }
  const { isWhole, ...counts } = mutate(file, left);
  caught += counts.caught;
  counted += counts.counted;
  const rest = isWhole ? "" : " of what was judged before Stryker stopped";
  console.log(`${percent(counts.caught, counts.counted)} ${file}${rest}\n`);
  if (!isWhole) process.exitCode = 1;
}
if (unread.length > 0) console.log(`no time was left for these, which may be named: ${unread.join(" ")}`);
console.log(`mutation score: ${percent(caught, counted)} (${caught} of ${counted}), aim ${WANTED_PCT} %`);

/** The guards, the files that are named, or those of the program that differ from a commit. */
function filesFrom(args: readonly string[]): string[] {
  if (args.length === 1 && args[0] === "guards") return [...GUARDS];
  if (args.length > 0 && args.every((arg) => existsSync(arg))) return [...args];
  const base = args[0] ?? (git("merge-base", "origin/main", "HEAD") || "HEAD~1");
  return git("diff", "--name-only", "--diff-filter=d", base, "--", "src", "commands", "schedules")
    .split("\n")
    .filter((file) => file.endsWith(".ts") && !file.startsWith("src/platforms/web/page/"));
}

function git(...args: string[]): string {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

/** Tries every mutant of a file for so long, ms. @returns what the tests caught, and whether all mutants were tried. */
function mutate(file: string, timeout: number): { caught: number; counted: number; isWhole: boolean } {
  rmSync(JUDGED, { recursive: true, force: true });
  const args = ["run", "--mutate", file, "--testFiles", testsOf(file).join(",")];
  const { status } = spawnSync(join("node_modules", ".bin", "stryker"), args, { stdio: "inherit", timeout });
  rmSync(SANDBOX, { recursive: true, force: true });
  const states = globSync(`${JUDGED}/*-onMutantTested.json`).map(stateIn);
  const among = (those: readonly string[]) => states.filter((state) => those.includes(state)).length;
  return { caught: among(CAUGHT), counted: among([...CAUGHT, ...MISSED]), isWhole: status === 0 };
}

/** The state of a judged mutant. Stryker may have been stopped while it wrote it down. */
function stateIn(path: string): string {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { status: string }).status;
  } catch {
    return "half written";
  }
}

/**
 * A guard's tables stand where it stands. Where there is none, the tests of the folder that mirrors its own, or any; which of
 * them reach it Stryker finds out by running them, since Node loads our own files and vitest sees none.
 */
function testsOf(file: string): string[] {
  const cases = casesOf(file);
  if (cases.length > 0) return cases;
  for (let of = dirname(file).replace(/^src\/?/, ""); of !== "." && of !== ""; of = dirname(of))
    if (existsSync(join("test", of))) return globSync(`test/${of}/**/*.test.ts`, { exclude: SLOW });
  return globSync("test/**/*.test.ts", { exclude: SLOW });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "no mutant" : `${((100 * part) / whole).toFixed(1)} %`;
}
