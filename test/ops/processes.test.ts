import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPhoto } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { run, runProcess } from "../support/scripts.ts";
import { openToOthers, shut } from "./open-to-others.ts";

// The other tests call the scripts' functions. Here each is a process as well: it must print and exit as its function does,
// and whatever it writes is its owner's only, on a machine whose files anybody may read.

let umask = 0;
beforeAll(() => {
  umask = process.umask(0o022);
});
afterAll(() => void process.umask(umask));

type Case = readonly [script: Parameters<typeof run>[0], args: readonly string[], status: number];
const CSV = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2018-05-01,海安,31,55,8,24,0.6,120\n";

/** A database, a table to import and a photo in a folder of their own, and a backup where one is to be read. */
async function aPlace({ backup = true } = {}) {
  const folder = aFolder();
  const database = await aDatabaseIn(folder);
  writeFileSync(join(folder, "空气.csv"), CSV);
  writeFileSync(join(folder, "现场.jpg"), await aPhoto(1));
  if (backup) expect((await run("backup", [join(folder, "office.tar")], database)).status).toBe(0);
  shut(folder);
  return { folder, database };
}

test.each<Case>([
  ["say", ["--json", "--as", "海安联络员", "海按"], 1],
  ["say", ["--as", "海安联络员", "--file", "现场.jpg", "NT-2020-000006 整改前"], 0],
  ["play", ["--json", "--from", "2020-06-15", "--to", "2020-06-15"], 0],
  ["import", ["空气.csv"], 0],
  ["doctor", [], 0],
  ["backup", ["copies/copy.tar"], 0],
  ["restore", ["office.tar"], 2],
])("%s %j ends with %i as a process too, and prints the same", async (script, args, status) => {
  const has = { backup: script === "restore" };
  const [here, there] = [await aPlace(has), await aPlace(has)];
  const within = (folder: string) =>
    args.map((arg) => (/\.(csv|jpg|tar)$/.test(arg) ? join(folder, arg) : arg));
  const called = await run(script, within(here.folder), here.database);
  const ran = await runProcess(script, within(there.folder), there.database);
  const likened = (text: string, folder: string) =>
    text
      .replaceAll(folder, "")
      .replace(/^.*(disk|write-ahead log): .*$/gm, "")
      .replace(/ [\w-]{22}$/gm, " (token)");
  expect(ran.status).toBe(status);
  if (process.platform !== "win32") expect(openToOthers(there.folder)).toEqual([]);
  expect({
    ...called,
    stdout: likened(called.stdout, here.folder),
    stderr: likened(called.stderr, here.folder),
  }).toEqual({
    ...ran,
    stdout: likened(ran.stdout, there.folder),
    stderr: likened(ran.stderr, there.folder),
  });
});

test("a backup goes back into its place by a process as by a function", async () => {
  const { folder } = await aPlace();
  const [one, other] = ["one", "other"].map((name) => join(folder, name, "lantian.db"));
  const archive = join(folder, "office.tar");
  const called = await run("restore", [archive], one ?? "");
  const ran = await runProcess("restore", [archive], other ?? "");
  expect(called).toMatchObject({ status: 0, stderr: "" });
  if (process.platform !== "win32") expect(openToOthers(join(folder, "other"))).toEqual([]);
  expect({ ...ran, stdout: ran.stdout.replaceAll("/other/", "/one/") }).toEqual(called);
});

describe("a script that is called", () => {
  const standing = () => ({
    umask: process.umask(),
    folder: process.cwd(),
    exitCode: process.exitCode,
    environment: { ...process.env },
  });
  const listeners = () => new Map(process.eventNames().map((name) => [name, process.listenerCount(name)]));

  test("leaves the process as it was, whatever became of it", async () => {
    const { folder, database } = await aPlace();
    const [before, heard] = [standing(), listeners()];
    for (const [script, args] of [
      ["say", ["--as", "市办", "海安"]],
      ["say", ["--wat"]],
      ["doctor", []],
      ["backup", [join(folder, "copy.tar")]],
      ["restore", [join(folder, "office.tar")]],
    ] as const)
      await run(script, args, database);
    expect(standing()).toEqual(before);
    expect([...listeners()].filter(([name, count]) => count > (heard.get(name) ?? 0))).toEqual([]);
  });
});
