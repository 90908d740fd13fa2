import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";

const root = join(import.meta.dirname, "../..");

/** Says at the end which modules were loaded and how many times import() was called, on standard error. */
const listing = `
import { tracingChannel } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import { registerHooks } from "node:module";
const urls = [];
let imports = 0;
tracingChannel("module.import").subscribe({ start: () => { imports++; } });
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) urls.push(url);
    return next(url, context);
  },
});
const builtins = () => process.moduleLoadList.map((name) => name.split(" ").at(-1));
process.on("exit", () => writeSync(2, JSON.stringify({ urls, imports, builtins: builtins() })));`;

/** What one answer in a process of its own loads: the packages, and our own files. */
async function loadedFor(text: string) {
  const args = ["--disable-warning=ExperimentalWarning"];
  // The hooks that are registered last are asked first, and ours answer for our own files.
  for (const file of ["./src/require-node.mjs", `data:text/javascript,${encodeURIComponent(listing)}`])
    args.push("--import", file);
  const ran = spawnSync(process.execPath, [...args, "src/ops/say.ts", "--as", "海安联络员", text], {
    cwd: root,
    env: { PATH: process.env.PATH, DATABASE_URL: `file:${await aDatabaseIn(aFolder())}` },
    encoding: "utf8",
  });
  type Said = { urls: string[]; imports: number; builtins: string[] };
  const { urls, imports, builtins } = JSON.parse(ran.stderr) as Said;
  const packageOf = (url: string) => url.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
  return {
    status: ran.status,
    imports,
    builtins,
    modules: urls.length,
    packages: [...new Set(urls.flatMap((url) => packageOf(url) ?? []))].sort(),
    own: urls.flatMap((url) => (packageOf(url) === undefined ? url.slice(`file://${root}/`.length) : [])),
  };
}

const LEAST = [
  "better-sqlite3",
  "chinese-s2t",
  "croner",
  "decimal.js",
  "drizzle-orm",
  "fastest-levenshtein",
  "zod",
];

test("a county's answer loads what it needs and nothing that reads files, draws, sends or seeds", async () => {
  const { status, imports, modules, packages, own, builtins } = await loadedFor("海安");
  expect(status).toBe(0);
  expect(packages).toEqual(LEAST);
  // Kinds of imports and platforms are declared; whoever only answers loads nothing that they work with.
  const declares =
    /^src\/(incoming\/(kinds\/|load-kinds|cells|told|enter-each|take-back-each|air-state|asked\.ts|long-actions)|platforms\/\w+\/(provider|settings))/;
  const works = own.filter((file) => /^(seeds|src\/(incoming|platforms\/(slack|telegram)))\//.test(file));
  expect(works.filter((file) => !declares.test(file))).toEqual([]);
  // Half of them are drizzle's and zod's own. A command, a job, a step, a kind and a table are a file each, however many there are.
  const grown = own.filter((file) =>
    /^(commands|schedules|src\/(store|issues\/steps|papers\/kinds|incoming\/kinds))\//.test(file),
  );
  expect(grown).toContain("commands/county.ts");
  expect(modules - grown.length).toBeLessThan(816);
  // Each goes through all that was loaded before: a folder's files come with one.
  expect(imports).toBeLessThan(15);
  // Node's own: threads are opened when something is drawn, and who imports node:util by name loads all that it offers.
  expect(builtins).toContain("crypto");
  for (const costly of ["worker_threads", "internal/util/diff"]) expect(builtins).not.toContain(costly);
});

test("a mistaken name is worth loading the dictionary of sounds", async () => {
  const { status, packages } = await loadedFor("海按");
  expect(status).toBe(1);
  expect(packages).toEqual([...LEAST, "pinyin-pro"].sort());
});
