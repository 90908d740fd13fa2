import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { POLLUTANTS, type Pollutant } from "../../src/domain/air/day.ts";
import { isEnd } from "../../src/domain/issues/states.ts";
import { type BroughtIn, importFile, type NotBroughtIn } from "../../src/incoming/import-file.ts";
import type { Issue } from "../../src/store/issues.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/** Files as offices really send them, with their right answers; how to read them stands in their head. */
type Day = { place: string; date: string; values: Partial<Record<Pollutant, number | null>> };
type Refused = { sheet?: string; rows?: number[]; columns?: string[]; why?: string };
type Case = {
  file: string;
  stored?: Day[];
  partial_stored?: Day[];
  untouched?: { place: string; date: string }[];
  left_out_rows?: number[];
  issues?: Record<string, string | boolean | null>[];
  told_only_of?: string[];
  kind?: string;
  rows?: number;
  refuse?: Refused;
  or_refuse?: Refused;
};
const cases = parse(readFileSync("test/cases/files.yaml", "utf8")) as { air: Case[]; ledgers: Case[] };

const bytesOf = ({ file }: Case) => ({
  name: basename(file),
  bytes: new Uint8Array(readFileSync(join("test/cases", file))),
});
const brought = (office: AnOffice, one: Case, partial = false) =>
  importFile(office.bot, bytesOf(one), { person: null, partial });

describe("files of daily air", () => {
  test.for(cases.air.map((one) => [one.file, one] as const))("%s", async ([, one]) => {
    const office = await anOffice({ at: "2021-01-10T09:00" });
    empty(office, one);
    const before = await daysOf(office, one);
    const result = await brought(office, one);
    expect(faultsOf(one, result)).toEqual([]);
    if ("code" in result) expect(await daysOf(office, one)).toEqual(before);
    else expect(await storedOf(office, one.stored ?? [])).toEqual(one.stored ?? []);
    for (const { place, date } of one.untouched ?? [])
      expect(await dayOf(office, place, date)).toEqual(before.get(`${place} ${date}`));
    if (one.partial_stored !== undefined) {
      expect("code" in (await brought(office, one, true))).toBe(false);
      expect(await storedOf(office, one.partial_stored)).toEqual(one.partial_stored);
    }
    office.close();
  });
});

describe("ledgers of issues", () => {
  test.for(cases.ledgers.map((one) => [one.file, one] as const))("%s", async ([, one]) => {
    const office = await anOffice({ at: "2020-06-15T10:00" });
    const known = new Set((await issuesOf(office)).map(({ id }) => id));
    const result = await brought(office, one);
    const faults = faultsOf(one, result);
    const added = (await issuesOf(office)).filter(({ id }) => !known.has(id)).toSorted((a, b) => a.id - b.id);
    if ("code" in result) expect(added).toEqual([]);
    else if (faults.length === 0)
      for (const [at, said] of (one.issues ?? []).entries())
        for (const [name, value] of Object.entries(said))
          if (factOf(office, added[at], name) !== value)
            faults.push(`${name} of ${at + 1} is ${factOf(office, added[at], name)} instead of ${value}`);
    if (!("code" in result) && added.length !== one.issues?.length) faults.push(`${added.length} issues`);
    expect(faults).toEqual([]);
    office.close();
  });
});

const issuesOf = async ({ bot }: AnOffice) =>
  (await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1000))).rows;

/** What a case says of an issue, by its own word for it. */
function factOf({ bot: { office } }: AnOffice, issue: Issue | undefined, name: string) {
  if (issue === undefined) return "no issue";
  const day = (at: number) =>
    office.local(Temporal.Instant.fromEpochMilliseconds(at)).toPlainDate().toString();
  switch (name) {
    case "county":
      return office.region(issue.regionId).short;
    case "department":
      return issue.departmentId === null ? null : office.department(issue.departmentId).short;
    case "assigned":
      return day(issue.assignedAt);
    case "open":
      return !isEnd(issue.state);
    case "closed":
      return issue.closedAt === null ? null : day(issue.closedAt);
    default:
      return issue[name as "title" | "place" | "due" | "category" | "source" | "state"];
  }
}

/** What is wrong with an answer, in words; nothing when it is right. */
function faultsOf(one: Case, result: BroughtIn | NotBroughtIn): string[] {
  if (!("code" in result)) {
    if (one.refuse !== undefined) return ["taken in, though it should be refused"];
    const left = result.read.leftOut.flatMap(({ rows }) => rows ?? []);
    return (one.left_out_rows ?? []).flatMap((row) =>
      left.includes(row) ? [] : [`doesn't say that row ${row} was left out`],
    );
  }
  if (result.code !== "import-rejected") return [`refused as ${result.code}`];
  const refused = one.refuse ?? one.or_refuse;
  if (refused === undefined)
    return [`refused, though it should be taken in: ${result.message} ${JSON.stringify(result.rejected)}`];
  const { rows = [], columns = [], sheet } = refused;
  // One of the columns is enough where a whole row is at fault.
  const pairs =
    rows.length === columns.length
      ? rows.map((row, i) => [row, columns[i]] as const)
      : rows.map((row) => [row, null] as const);
  return pairs.flatMap(([row, column]) => {
    const named = result.rejected.some(
      (r) =>
        r.row === row &&
        (column === null || r.column === column) &&
        (sheet === undefined || r.sheet === sheet) &&
        /[\u4e00-\u9fff]/.test(r.reason),
    );
    return named || (row === 1 && columns.some((head) => result.message.includes(head ?? "")))
      ? []
      : [`doesn't name row ${row} ${column ?? ""}: ${result.message} ${JSON.stringify(result.rejected)}`];
  });
}

async function regionOf({ bot }: AnOffice, place: string, date: string) {
  const found = bot.names.place(place);
  if (found === null) throw new Error(`there is no ${place}`);
  return bot.office.heirOn(found.regions[0]?.id ?? "", Temporal.PlainDate.from(date)).id;
}
async function dayOf(office: AnOffice, place: string, date: string) {
  const id = await regionOf(office, place, date);
  return (await office.bot.store.read((r) => r.air.days(id, date, date)))[0];
}
async function daysOf(office: AnOffice, one: Case) {
  const days = [...(one.stored ?? []), ...(one.untouched ?? []), ...(one.partial_stored ?? [])];
  const found = days.map(
    async ({ place, date }) => [`${place} ${date}`, await dayOf(office, place, date)] as const,
  );
  return new Map(await Promise.all(found));
}
/** What stands in the store for the days and items of a case, as published. */
async function storedOf(office: AnOffice, days: readonly Day[]): Promise<Day[]> {
  return Promise.all(
    days.map(async ({ place, date, values }) => {
      const day = await dayOf(office, place, date);
      const said = POLLUTANTS.filter((item) => item in values).map((item) => {
        const value = day?.[item] ?? null;
        return [item, item === "CO" && value !== null ? value / 10 : value] as const;
      });
      return { place, date, values: Object.fromEntries(said) };
    }),
  );
}
/** The demonstration has days of its own: those that a case is about go first, but for those that must stay. */
function empty(office: AnOffice, { stored = [], partial_stored = [] }: Case): void {
  const db = new Database(office.file);
  for (const { date } of [...stored, ...partial_stored]) {
    db.prepare("delete from region_day where date = ?").run(date);
    db.prepare("delete from station_day where date = ?").run(date);
  }
  db.close();
}
