import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { newOffice } from "../support/demonstration.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { type Ran, run, runJson, runProcess } from "../support/scripts.ts";

const HAIAN = "NT-2020-000006";
const AT_ONCE = process.env.TEST_FULL ? 3 : 2;

/** Seeds the template before the clock of a single test runs. */
beforeAll(async () => (await anOffice()).close());

test("a question is answered on standard output alone: text, or one JSON document", async () => {
  const file = await aDatabaseIn(aFolder());
  const plain = await run("say", ["--as", "海安联络员", "海安", "5月"], file);
  expect(plain).toMatchObject({ status: 0, stderr: "" });
  expect(plain.stdout).toMatch(/^海安市 2020年5月\n/);

  const { status, stderr, json } = await runJson("say", ["--as", "海安联络员", "海安 5月"], file);
  expect([status, stderr]).toEqual([0, ""]);
  expect(Object.keys(json)).toEqual(["ok", "command", "card", "facts", "deliveries"]);
  expect(json).toMatchObject({ ok: true, command: "county", facts: { county: "海安" }, deliveries: [] });
  expect(Object.keys(json.card)).toEqual(["title", "text", "actions"]);
  expect(`${json.card.text}\n`).toBe(plain.stdout);
});

test("a refusal is exit status 1, with its code in the document", async () => {
  const file = await aDatabaseIn(aFolder());
  const typo = await runJson("say", ["--as", "市办", "海按"], file);
  expect(typo).toMatchObject({ status: 1, stderr: "" });
  expect(typo.json).toEqual({
    ok: false,
    error: {
      code: "unknown-county",
      message: "没有名为“海按”的县（市、区）。您要找的是“海安”吗？",
      culprit: "海按",
    },
  });
  const stranger = await runJson("say", ["海安"], file);
  expect([stranger.status, stranger.json.error.code]).toEqual([1, "not-linked"]);
});

test("a form is filled by --fill, and what it causes is listed", async () => {
  const file = await aDatabaseIn(aFolder());
  const form = (await runJson("say", ["--as", "市办", "交办"], file)).json;
  const fields = form.card.actions[0].fields as { name: string; required: boolean; kind: string }[];
  expect(fields.find((f) => f.name === "due")).toMatchObject({ label: "整改期限", required: false });

  const fill = ["--fill", "county=海安", "--fill", "title=a=b 裸土未覆盖"];
  const { status, json } = await runJson("say", ["--as", "市办", ...fill, "交办"], file);
  expect(status).toBe(0);
  expect(json.facts.issue).toMatchObject({ no: "NT-2020-000007", title: "a=b 裸土未覆盖" });
  expect(json.deliveries.map((d: { audience: string }) => d.audience)).toEqual(["海安联络员"]);
});

test("a button is pressed by its token; a second time it is already done", async () => {
  const file = await aDatabaseIn(aFolder());
  const card = (await runJson("say", ["--as", "海安联络员", HAIAN], file)).json.card;
  const [{ label, action, fields }] = card.actions;
  expect([label, fields]).toEqual(["签收", []]);
  const press = ["--as", "海安联络员", "--press", action];
  expect((await runJson("say", press, file)).json.facts.issue.state).toBe("acknowledged");
  const again = await runJson("say", press, file);
  expect([again.status, again.json.error.code]).toEqual([1, "already-done"]);
});

test.concurrent.each(["-aaaaaaaaaaaaaaaaaaaaa", "--aaaaaaaaaaaaaaaaaaaa"])(
  "a token may begin with a dash: %s is a token that nobody has, not an option",
  async (token) => {
    const file = await aDatabaseIn(aFolder());
    for (const how of [
      ["--press", token],
      ["--open", token, "--out", "/nowhere"],
    ]) {
      const { status, json } = await runJson("say", ["--as", "市办", ...how], file);
      expect([status, json.error.code]).toEqual([1, "stale-action"]);
    }
  },
);

test("--now is the time of this one request, in the office's zone or as an instant", async () => {
  const file = await aDatabaseIn(aFolder());
  const asOf = async (...now: string[]) =>
    (await runJson("say", ["--as", "市办", ...now, "海安"], file)).json.facts.period.asOf;
  expect(await asOf("--now", "2020-09-10T00:30")).toBe("2020-09-09");
  expect(await asOf("--now", "2020-09-09T23:30:00Z")).toBe("2020-09-09");
  expect(await asOf()).toBe("2020-06-14");
});

test("a person is found by name, by number or by handle", async () => {
  const file = await aDatabaseIn(aFolder());
  for (const who of ["海安点位长", "点位长"]) {
    expect((await runJson("say", ["--as", who, "海安"], file)).json.facts.county).toBe("海安");
  }
  expect((await runJson("say", ["--as", "1", "今日"], file)).json.card.title).toMatch(/^全市/);
});

describe("wrong usage is exit status 2, one English message on standard error and nothing on standard output", () => {
  test.concurrent.each([
    [["--as", "市办"], /usage: npm run -s say/],
    [["--wat", "海安"], /--wat/],
    [["--as", "市办", "--fill", "county", "交办"], /--fill takes NAME=VALUE/],
    [["--as", "市办", "--press", "x", "海安"], /usage/],
  ] as [string[], RegExp][])("%j, before anything is opened", async (args, says) => {
    const file = join(aFolder(), "a.db");
    expectFault(await run("say", args, file), says);
    expect(existsSync(file)).toBe(false);
  });

  test.concurrent.each([
    [["--as", "王五", "海安"], /nobody is called "王五"/],
    [["--as", "市办", "--now", "2020-02-30T09:00", "海安"], /--now takes a time/],
  ] as [string[], RegExp][])("%j", async (args, says) => {
    expectFault(await run("say", args, await aDatabaseIn(aFolder())), says);
  });
});

function expectFault(ran: Ran, says: RegExp): void {
  expect(ran).toMatchObject({ status: 2, stdout: "" });
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
}

describe("a fault at the start is exit status 2 and one line", () => {
  test.concurrent.each([
    ["a setting that doesn't exist", { LANTIAN_DEM0: "1" }, /LANTIAN_DEM0 .*did you mean LANTIAN_DEMO\?/],
    ["a plan pack that isn't there", { LANTIAN_PLAN: "atlantis-2020" }, /atlantis-2020/],
  ] as [string, Record<string, string>, RegExp][])("%s", async (_what, env, says) => {
    const ran = await run("say", ["--as", "市办", "海安"], join(aFolder(), "a.db"), env);
    expectFault(ran, says);
    expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  });

  test("a database that can't be opened", async () => {
    const file = join(aFolder(), "a.db");
    mkdirSync(file);
    const ran = await run("say", ["--as", "市办", "海安"], file);
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  });
});

test("on a database of a running office --now is refused", async () => {
  const file = await aDatabaseIn(aFolder(), newOffice);
  const ran = await run("say", ["--now", "2020-06-15T09:00", "海安"], file);
  expect(ran).toMatchObject({ status: 2, stdout: "" });
  expect(ran.stderr).toMatch(/demonstration database only/);
  const stranger = await runJson("say", ["海安"], file);
  expect(stranger.json.error.code).toBe("not-linked");
});

test(`${AT_ONCE} who start on one new database at once all get their answer`, async () => {
  const file = join(aFolder(), "a.db");
  // Of this process one only: who waits for the other's lock holds up all that goes on in its own.
  const ran = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, i) =>
      (i === 0 ? run : runProcess)("say", ["--as", "市办", "问题"], file),
    ),
  );
  expect(ran.map(({ status, stderr }) => [status, stderr])).toEqual(Array(AT_ONCE).fill([0, ""]));
  expect(new Set(ran.map(({ stdout }) => stdout)).size).toBe(1);
});
