import { statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { newOffice } from "../support/demonstration.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";
import { run, runJson, runProcess } from "../support/scripts.ts";

const full = process.env.TEST_FULL === "1";

/** Seeds the template before the clock of a single test runs. */
beforeAll(async () => (await anOffice()).close());

describe("wrong dates are exit status 2 and one English message", () => {
  test.concurrent.each([
    [["--from", "2020-06-01"], /usage: npm run -s play/],
    [["--from", "2020-02-30", "--to", "2020-03-01"], /--from takes a date .*2020-02-30/],
    [["--from", "2020-06-30", "--to", "2020-06-01"], /lies after/],
    [["--from", "2000-01-01", "--to", "2020-01-01"], /ten years/],
  ] as [string[], RegExp][])("%j", async (args, says) => {
    const ran = await run("play", args, join(aFolder(), "a.db"));
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});

test("on a database of a running office it is refused: nobody moves the real clock", async () => {
  const file = await aDatabaseIn(aFolder(), newOffice);
  const ran = await run("play", ["--from", "2020-06-01", "--to", "2020-06-30"], file);
  expect(ran).toMatchObject({ status: 2, stdout: "" });
  expect(ran.stderr).toMatch(/demonstration database only/);
});

test("as text it lists what went out and the sum; the clock stands where it ended", async () => {
  const file = await aDatabaseIn(aFolder());
  const { status, stdout } = await run("play", ["--from", "2020-06-15", "--to", "2020-06-15"], file);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^2020-06-15T07:30:00\+08:00 {2}市领导 {2}6月14日超标：/);
  expect(stdout).toMatch(/\n2020-06-15T09:00:00\+08:00 {2}市办 {2}空气质量周通报/);
  expect(stdout).toMatch(/按时\d+次，补发0次，跳过0次；共发出\d+条。\n$/);
  const today = await runJson("say", ["--as", "市办", "今日"], file);
  expect(today.json.facts.date).toBe("2020-06-15");
});

test("two that play the same days at once send nothing twice", async () => {
  const file = await aDatabaseIn(aFolder());
  const days = ["--from", "2020-06-01", "--to", full ? "2020-06-22" : "2020-06-09"];
  const both = await Promise.all([runProcess, run].map((plays) => plays("play", [...days, "--json"], file)));
  expect(both.map((ran) => ran.status)).toEqual([0, 0]);
  const due = both.map(({ stdout }) => JSON.parse(stdout).slots.due as number);
  expect(due.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(full ? 29 : 11);
  const after = await runJson("play", days, file);
  expect(after.json).toEqual({ slots: { due: 0, ran: 0, caughtUp: 0, skipped: 0 }, deliveries: [] });

  const office = await anOffice({ database: file });
  const notices = (await piecesAfter(office.bot, 0))
    .filter(({ to }) => to === "海安领导")
    .map(({ title }) => title);
  expect(notices.filter((title) => title.startsWith("空气质量周通报"))).toHaveLength(full ? 4 : 2);
  expect(new Set(notices).size).toBe(notices.length);
  office.close();
});

test.runIf(full)(
  "a year of a city's calendar leaves a database of less than 300 MiB, pictures apart",
  async ({ annotate }) => {
    const file = join(aFolder(), "year.db");
    const { status } = await runProcess("play", ["--from", "2020-01-01", "--to", "2020-12-31"], file);
    expect(status).toBe(0);
    const mebibytes = statSync(file).size / 1024 ** 2;
    await annotate(`${mebibytes.toFixed(0)} MiB`);
    expect(mebibytes).toBeLessThan(300);
  },
);
