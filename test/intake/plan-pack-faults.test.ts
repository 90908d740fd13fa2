import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { PlanPackError } from "../../src/intake/plan-pack-error.ts";

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

/** A copy of the Nantong pack in which each text of `changes` is replaced once. */
async function packWith(changes: readonly [file: string, from: string, to: string][]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "pack-"));
  made.push(root);
  const folder = join(root, "x");
  await cp("seeds/nantong-2020", folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const text = await readFile(join(folder, file), "utf8");
    expect(text, file).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
  }
  return folder;
}

async function linesOf(folder: string): Promise<string[]> {
  const error = await loadPlanPack(folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlanPackError);
  return (error as PlanPackError).message.split("\n").map((line) => line.replace(`${folder}/`, ""));
}

test.each<[string, string, string, string, string]>([
  [
    "a wrong date",
    "indicators.yaml",
    "deadline: 2020-12-31",
    "deadline: 2020-13-31",
    "indicators.yaml:11 indicators[0].deadline: Invalid ISO date",
  ],
  [
    "a missing field",
    "targets.yaml",
    "  unit: 微克/立方米\n",
    "",
    "targets.yaml:2 targets[0].unit: missing; expected string",
  ],
  [
    "an unknown key",
    "targets.yaml",
    "unit:",
    "units: x\n  unit:",
    "targets.yaml:8 targets[0].units: unknown key; remove it or correct its spelling",
  ],
  [
    "a duplicate key",
    "plan.yaml",
    "year: 2020",
    "year: 2020\nyear: 2021",
    "plan.yaml:4 plan.year: duplicate key; keep one of the two",
  ],
  [
    "a duplicate key within a record",
    "indicators.yaml",
    "kind: check",
    "kind: check\n  kind: count",
    "indicators.yaml:8 indicators[0].kind: duplicate key; keep one of the two",
  ],
  [
    "a ledger's word for two kinds of problem",
    "settings.yaml",
    "[道路, ",
    "[施工扬尘, ",
    'issues.categories[1].also[0]: "施工扬尘" stands for two things',
  ],
  [
    "a ledger's word for two states",
    "settings.yaml",
    " 整改中,",
    " 已办结,",
    'issues.ledger.open[0]: "已办结" stands for two things',
  ],
  [
    "an indicator of ozone's days that isn't there",
    "settings.yaml",
    "ozoneDays: m14-ozone-days",
    "ozoneDays: m14-ozon-days",
    'settings.yaml:4 settings.pace.ozoneDays: no indicator "m14-ozon-days" in indicators.yaml',
  ],
  [
    "a source that isn't the plan's",
    "settings.yaml",
    "上级交办: [",
    "领导交办: [",
    "settings.issues.ledger.sources.领导交办",
  ],
  [
    "a code without quotes",
    "regions.yaml",
    '"320600"',
    "320600",
    "regions.yaml:3 regions[0].code: expected string, received number; put it in quotes",
  ],
  [
    "an empty value",
    "targets.yaml",
    "value: 36",
    "value:",
    "targets.yaml:7 targets[0].value: expected string or number",
  ],
  [
    "a value that isn't a decimal",
    "targets.yaml",
    "value: 36",
    "value: 36以下",
    "targets.yaml:7 targets[0].value: 须为十进制数",
  ],
  [
    "an unknown department",
    "measures.yaml",
    "lead: [development-reform, industry]",
    "lead: [development-reform, idustry]",
    'measures.yaml:19 measures[0].lead[1]: no department "idustry" in departments.yaml',
  ],
  [
    "a measure without lead",
    "measures.yaml",
    "lead: [development-reform, industry]",
    "lead: []",
    "measures.yaml:19 measures[0].lead: every measure needs a lead department",
  ],
  [
    "an unknown group",
    "measures.yaml",
    "    group: 1\n",
    "    group: 12\n",
    'measures.yaml:16 measures[0].group: no group "12" in measures.yaml',
  ],
  [
    "an unknown measure",
    "indicators.yaml",
    'measure: "1"',
    'measure: "31"',
    'indicators.yaml:5 indicators[0].measure: no measure "31" in measures.yaml',
  ],
  [
    "an unknown region",
    "indicators.yaml",
    "[haian, tongzhou, gangzha]",
    "[haian, tongzou, gangzha]",
    'counties[1]: no region "tongzou" in regions.yaml',
  ],
  [
    "an id used twice",
    "departments.yaml",
    "id: industry",
    "id: environment",
    'departments.yaml:10 departments[2].id: "environment" is already used on line 2',
  ],
  [
    "an alias used twice",
    "departments.yaml",
    "[市水利局, ",
    "[市水利局, 住建局, ",
    '"住建局" already names the record on line 18',
  ],
  [
    "a region name used twice on the same days",
    "regions.yaml",
    "  to: 2020-07-27\n  successor: chongchuan\n",
    "  successor: chongchuan\n",
    '"崇川区" already names the record on line',
  ],
  [
    "a town that joins one that was there before",
    "towns.yaml",
    "short: 李堡镇, county: haian",
    "short: 李堡镇, county: haian, to: 2020-07-10, successor: haian-chengdong",
    "towns[2].successor: a successor is a record of its own that begins on the day after",
  ],
  [
    "a town's unknown successor",
    "towns.yaml",
    "short: 李堡镇, county: haian",
    "short: 李堡镇, county: haian, to: 2020-07-10, successor: nowhere",
    'towns[2].successor: no town "nowhere" in towns.yaml',
  ],
  [
    "planned stations of an unknown region",
    "settings.yaml",
    "    haian: 9,",
    "    haihai: 9,",
    'townStations.haihai: no region "haihai" in regions.yaml',
  ],
  [
    "an unknown successor",
    "regions.yaml",
    "successor: chongchuan",
    "successor: nowhere",
    'successor: no region "nowhere" in regions.yaml',
  ],
  [
    "an unknown city",
    "plan.yaml",
    "region: nantong",
    "region: nantung",
    'plan.yaml:4 plan.city.region: no region "nantung" in regions.yaml',
  ],
  [
    "a check that isn't 1",
    "indicators.yaml",
    "value: 1",
    "value: 2",
    "indicators.yaml:9 indicators[0].value: must be 1 for a check: done or not",
  ],
  [
    "a date of another year",
    "calendar.yaml",
    "2020-01-01",
    "2021-01-01",
    "calendar[1].off[0]: 2021-01-01 is not in 2020",
  ],
])("%s is reported with file, line and field", async (_, file, from, to, line) => {
  const lines = await linesOf(await packWith([[file, from, to]]));
  expect(
    lines.find((one) => one.includes(line)),
    lines.join("\n"),
  ).toBeDefined();
  for (const one of lines) expect(one).toMatch(/^[a-z]+\.yaml:\d+ \S+: /);
});

test("one mistake is one line: what hangs on a faulty record isn't reported too", async () => {
  const folder = await packWith([["departments.yaml", "short: 住建", "short: 3"]]);
  expect(await linesOf(folder)).toEqual([
    "departments.yaml:20 departments[4].short: expected string, received number; put it in quotes",
  ]);
});

test("duties are of indicators, seasons, records and mechanisms that there are, each once", async () => {
  const folder = await packWith([
    ["duties.yaml", "indicator: m20-monthly-checks", "indicator: m20-nothing"],
    ["duties.yaml", "counts: vehicle-check", "counts: nothing"],
    ["duties.yaml", "season: 秋冬季 }", "season: 供暖季 }"],
    ["duties.yaml", "indicator: m21-coding", "indicator: m20-blacklist"],
    ["duties.yaml", "mechanism: mobile-survey", "mechanism: nothing"],
    ["duties.yaml", "aliases: [抽测,", "aliases: [走航,"],
  ]);
  expect((await linesOf(folder)).map((line) => line.replace(/^duties\.yaml:\d+ /, "")).sort()).toEqual([
    'duties[0].counts: no record "nothing" in duties.yaml',
    'duties[0].indicator: no indicator "m20-nothing" in indicators.yaml',
    'duties[1].season: no season "供暖季" in plan.yaml',
    'duties[4].indicator: "m20-blacklist" is already used on line 13',
    'records[2].mechanism: no mechanism "nothing" in mechanisms.yaml',
    'records[2].name: "走航" already names the record on line 21',
  ]);
});

test("every fault of every file is reported at once", async () => {
  const folder = await packWith([
    ["plan.yaml", "year: 2020", "year: soon"],
    ["settings.yaml", "dueWorkingDay: 5", "dueWorkingDay: 0"],
    ["calendar.yaml", "- year: 2019", "- yaer: 2019"],
  ]);
  expect((await linesOf(folder)).map((line) => line.split(": ")[0])).toEqual([
    "plan.yaml:3 plan.year",
    "settings.yaml:2 settings.reporting.dueWorkingDay",
    "calendar.yaml:2 calendar[0].year",
    "calendar.yaml:2 calendar[0].yaer",
  ]);
});

test("a missing file, broken YAML and an empty file are each one line", async () => {
  const folder = await packWith([["mechanisms.yaml", "- id: weekly-notice", "- id: [weekly-notice"]]);
  await rm(join(folder, "regions.yaml"));
  await writeFile(join(folder, "targets.yaml"), "");
  const lines = await linesOf(folder);
  expect(lines).toContain("targets.yaml:1 targets: expected a list; start each record with “- ”");
  expect(lines).toContain("regions.yaml:1 regions: the file is missing; every pack needs it");
  expect(lines.some((line) => /^mechanisms\.yaml:\d+ mechanisms: broken YAML: /.test(line))).toBe(true);
  expect(lines.filter((line) => !/^(targets|regions|mechanisms)\.yaml/.test(line))).toEqual([]);
});

test("a folder that isn't there is one line", async () => {
  await expect(loadPlanPack("seeds/atlantis-2020")).rejects.toThrow(
    "seeds/atlantis-2020:1 folder: no such folder",
  );
});

test("the check of all packs ends with 0 when all are good and 1 when one has a fault", async () => {
  const check = (...args: string[]) =>
    spawnSync(process.execPath, ["src/ops/check-packs.ts", ...args], { encoding: "utf8" });
  const good = check();
  expect(good).toMatchObject({ status: 0, stderr: "" });
  expect(good.stdout).toContain("nantong-2020: ok, 34 measures");
  const bad = check(join(await packWith([["plan.yaml", "year: 2020", "year: soon"]]), ".."));
  expect(bad.status).toBe(1);
  expect(bad.stdout).toMatch(/plan\.yaml:3 plan\.year: /);
});
