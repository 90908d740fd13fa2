import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { importFile } from "../../src/incoming/import-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// Ledgers as offices really send them, with their right outcomes; all of them are invented.

const FOLDER = join(import.meta.dirname, "../cases/ledgers");
type Expected = {
  county: string;
  title: string;
  place?: string;
  assigned?: string;
  due?: string;
  category?: string;
  source?: string;
  department?: string | null;
  state?: string;
  closed?: string;
  open?: boolean;
};
type Refused = { sheet?: string; rows?: number[]; columns?: string[] };
type Case = {
  file: string;
  issues?: Expected[];
  told_only_of?: string[];
  refuse?: Refused;
  or_refuse?: Refused;
};
const cases = parse(readFileSync(join(FOLDER, "expected.yaml"), "utf8")).ledgers as Case[];

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

const all = async () => {
  const { rows } = await office.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1000));
  return rows.toSorted((a, b) => a.id - b.id);
};
const send = async (file: string) =>
  importFile(
    office.bot,
    { name: file, bytes: readFileSync(join(FOLDER, file)) },
    { person: await office.bot.store.read((r) => r.people.byName("市办")), partial: false },
  );

test.each(cases)("$file", async (one) => {
  const before = await all();
  const newest = await office.bot.store.read((r) => r.outbox.newestId());
  const result = await send(one.file);
  const found = (await all()).slice(before.length);
  const told = (await office.bot.store.read((r) => r.outbox.after(newest))).map(({ row }) => row);
  if (one.refuse !== undefined) {
    expect(result).toMatchObject({ code: "import-rejected" });
    expect(found).toEqual([]);
    expect(told).toEqual([]);
    const { rows = [], columns = [], sheet } = one.refuse;
    expect(result.rejected.map(({ row, column }) => [row, column])).toEqual(
      rows.map((row, at) => [row, columns[at]]),
    );
    for (const { reason, sheet: on } of result.rejected) {
      expect(reason).toMatch(/\p{Script=Han}/u);
      if (sheet !== undefined) expect(on).toBe(sheet);
    }
    return;
  }
  expect(result).toMatchObject({ kind: "issues", added: one.issues?.length, rejected: [] });
  const { office: parts } = office.bot;
  const day = (ms: number | null) =>
    ms === null ? null : parts.today(Temporal.Instant.fromEpochMilliseconds(ms)).toString();
  const seen = found.map((issue, at) => {
    const wanted = one.issues?.[at] ?? { county: "", title: "" };
    const fields = {
      ...issue,
      county: parts.region(issue.regionId).short,
      assigned: day(issue.assignedAt),
      department: issue.departmentId === null ? null : parts.department(issue.departmentId).short,
      closed: day(issue.closedAt),
      open: issue.state !== "closed",
    };
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, fields[key as keyof typeof fields]]));
  });
  expect(seen).toEqual(one.issues);
  const untold =
    one.told_only_of === undefined ? [] : found.filter(({ title }) => !one.told_only_of?.includes(title));
  for (const { title } of untold) expect(JSON.stringify(told)).not.toContain(title);
  expect(told.length).toBeGreaterThan(0);
});
