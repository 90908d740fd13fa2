import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import iconv from "iconv-lite";
import { beforeAll, describe, expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runJson } from "../support/scripts.ts";

const HEAD = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
const GOOD = [
  "2018-05-01,海安,31,55,8,24,0.6,120",
  "2018-05-02,海安,32,56,8,25,0.7,121",
  "2018-05-02,如东,—,56,,25,/,121",
];

/** Seeds the template before the clock of a single test runs. */
beforeAll(async () => (await anOffice()).close());

async function anImport() {
  const folder = aFolder();
  const database = await aDatabaseIn(folder);
  const path = join(folder, "空气.csv");
  const brings = (content: string | Buffer, ...more: string[]) => {
    writeFileSync(path, content);
    return runJson("import", [path, ...more], database);
  };
  const asks = <T>(sql: string): T[] => {
    const raw = new Database(database, { readonly: true });
    const rows = raw.prepare(sql).all() as T[];
    raw.close();
    return rows;
  };
  return { folder, database, path, brings, asks };
}
const file = (...rows: string[]) => `${[HEAD, ...rows].join("\n")}\n`;
const DAYS_2018 = "select * from region_day where date < '2019' order by region_id, date";

test("daily values enter, twice changes nothing, and another value is a correction that keeps the old one", async () => {
  const { brings, asks, database } = await anImport();
  const first = await brings(file(...GOOD));
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.json).toEqual({
    ok: true,
    kind: "daily-air",
    rows: 3,
    added: 3,
    corrected: 0,
    unchanged: 0,
    rejected: [],
    batch: 1,
    sameAs: null,
    affected: [],
    read: expect.objectContaining({
      lines: ["读入：第2—4行，8列用了8列：日期、县区、PM2.5、PM10、SO2、NO2、CO、O3_8h"],
    }),
  });
  expect(asks(DAYS_2018)).toMatchObject([
    { region_id: "haian", date: "2018-05-01", pm25: 31, co: 6, source: "import" },
    { region_id: "haian", date: "2018-05-02" },
    { region_id: "rudong", pm25: null, so2: null, co: null, o3: 121 },
  ]);

  const again = await brings(file(...GOOD));
  expect(again.json).toMatchObject({ added: 0, corrected: 0, unchanged: 3 });
  expect(asks("select * from revision")).toEqual([]);

  const corrected = await brings(file("2018-05-01,海安,41,55,8,24,0.6,120", ...GOOD.slice(1)));
  expect(corrected.json).toMatchObject({ added: 0, corrected: 1, unchanged: 2 });
  const [revision, ...more] = asks<{ subject: string; before: string; after: string; at: number }>(
    "select * from revision",
  );
  expect(more).toEqual([]);
  expect(revision).toMatchObject({
    subject: "region_day/haian/2018-05-01",
    before: "[31,55,120,24,8,6]",
    after: "[41,55,120,24,8,6]",
  });
  const answer = await runJson("say", ["--as", "市办", "海安 2018-05-01"], database);
  expect(answer.json.facts.pollutants["PM2.5"].value).toBe(41);
  const imports = asks<{ detail: string }>("select detail from audit where act = 'import' order by id");
  expect(imports.map((row) => JSON.parse(row.detail).corrected)).toEqual([0, 1]);
});

test("one bad row and nothing enters: exit status 1, and every bad row is listed", async () => {
  const { brings, asks, path, database } = await anImport();
  const bad = file(
    ...GOOD,
    "2018-05-03,海安,-3,56,8,25,0.7,121",
    "2018-05-04,海按,32,56,8,25,0.7,121",
    "2018-02-30,海安,32,56,8,25,0.7,121",
    "2020-06-16,海安,32,56,8,25,0.7,121",
    "2018-05-05,海安,高,56,8,25,0.7,很高",
  );
  const { status, json } = await brings(bad);
  expect(status).toBe(1);
  expect(json).toMatchObject({ ok: false, error: { code: "import-rejected" } });
  expect(json.rejected.map((r: { row: number; column: string }) => [r.row, r.column])).toEqual([
    [5, "PM2.5"],
    [6, "县区"],
    [7, "日期"],
    [8, "日期"],
    [9, "PM2.5"],
    [9, "O3_8h"],
  ]);
  for (const { sheet, value, reason } of json.rejected) {
    expect(sheet).toBeNull();
    expect(`${value}${reason}`).toMatch(/\p{Script=Han}/u);
  }
  expect(asks(DAYS_2018)).toEqual([]);

  const plain = await run("import", [path], database);
  expect(plain.status).toBe(1);
  expect(plain.stdout).toMatch(/第5行 PM2\.5“-3”：/);

  const partial = await brings(bad, "--partial");
  expect(partial.status).toBe(0);
  expect(partial.json).toMatchObject({ ok: true, rows: 3, added: 3 });
  expect(partial.json.rejected).toHaveLength(6);
  expect(asks(DAYS_2018)).toHaveLength(3);
});

test("a file in GB18030, or with a byte order mark, or with Windows' line ends, reads the same", async () => {
  const { brings, asks } = await anImport();
  const text = file(...GOOD);
  expect((await brings(iconv.encode(text, "gb18030"))).json.added).toBe(3);
  expect((await brings(`\ufeff${text.replaceAll("\n", "\r\n")}`)).json).toMatchObject({ unchanged: 3 });
  expect(asks(DAYS_2018)).toHaveLength(3);
});

test("county targets enter and are shown from then on", async () => {
  const { brings, database } = await anImport();
  const csv = "县区,指标,约束性,奋斗\n海安,PM2.5,40,39\n";
  expect((await brings(csv)).json).toMatchObject({ kind: "county-targets", added: 1 });
  expect((await brings(csv)).json).toMatchObject({ added: 0, unchanged: 1 });
  const { json } = await runJson("say", ["--as", "海安联络员", "海安"], database);
  expect(json.facts.targets.map((t: { target: number }) => t.target)).toEqual([40, 39]);
  const wrong = await brings("县区,指标,约束性,奋斗\n海安,PM2.5,39,40\n");
  expect(wrong.json.error.code).toBe("import-rejected");
});

test("what is no table is rejected in Chinese, without a stack trace, and changes nothing", async () => {
  const { brings, asks } = await anImport();
  const ran = await brings("姓名,电话\n张三,123\n");
  expect([ran.status, ran.stderr]).toEqual([1, ""]);
  expect(ran.json.error.code).toBe("import-rejected");
  expect(ran.json.error.message).toMatch(/\p{Script=Han}/u);
  expect(asks(DAYS_2018)).toEqual([]);
});

describe("wrong usage is exit status 2", () => {
  test.concurrent.each([
    [["nowhere.csv"], /no such file/],
    [["a.csv", "b.csv"], /usage/],
    [["--force", "a.csv"], /--force/],
  ] as [string[], RegExp][])("%j", async (args, says) => {
    const ran = await run("import", args, join(aFolder(), "a.db"));
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});
