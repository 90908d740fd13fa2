import type { z } from "zod";
import type * as pack from "../domain/plan/pack.ts";
import type { RecordKind, StandingDuty } from "../domain/plan/pack-duties.ts";
import type { PackFile, PackRecord, Path } from "./plan-pack-file.ts";
import { valueAt } from "./plan-pack-file.ts";

/** One list of a pack: its file, the place of the list in it, and the records that fit their schema. */
export type Section<T> = { file: PackFile; path: Path; entries: readonly PackRecord<T>[] };

export type Sections = {
  targets: Section<pack.Target>;
  departments: Section<pack.Department>;
  regions: Section<pack.Region>;
  /** A pack may have none. */
  towns?: Section<z.infer<typeof pack.townSchema>> | undefined;
  groups: Section<pack.Group>;
  measures: Section<pack.Measure>;
  indicators: Section<pack.Indicator>;
  mechanisms: Section<pack.Mechanism>;
  calendars: Section<pack.OfficeCalendar>;
};

/** Checks what no single file can show; faults go to the file in which they are to be mended. */
export function checkReferences(
  sections: Sections,
  cityRegion: { file: PackFile; id: string } | undefined,
): void {
  const { targets, departments, regions, groups, measures, indicators, mechanisms, calendars, towns } =
    sections;
  for (const section of [targets, departments, regions, indicators, mechanisms]) checkUnique(section, "id");
  checkUnique(groups, "no");
  checkUnique(measures, "no");
  checkUnique(calendars, "year");
  checkNames(departments, () => true);
  checkNames(regions, overlap);

  const departmentIds = keysOf(departments, "id");
  const regionIds = keysOf(regions, "id");
  const groupNos = keysOf(groups, "no");
  const measureNos = keysOf(measures, "no");

  if (cityRegion !== undefined && regionIds !== undefined && !regionIds.has(cityRegion.id)) {
    cityRegion.file.fault(["city", "region"], `no region "${cityRegion.id}" in regions.yaml`);
  }
  for (const { value, path } of regions.entries) {
    if (value.successor === value.id)
      regions.file.fault([...path, "successor"], "a region cannot succeed itself");
    refer(regions.file, [...path, "successor"], value.successor, regionIds, "region");
    if (value.from !== undefined && value.to !== undefined && value.from > value.to) {
      regions.file.fault([...path, "to"], `ends before it begins on ${value.from}`);
    }
  }
  if (towns !== undefined) {
    checkUnique(towns, "id");
    checkNames(towns, (one, other) => one.county === other.county && overlap(one, other));
    for (const { value, path } of towns.entries) {
      refer(towns.file, [...path, "county"], value.county, regionIds, "region");
      if (regionIds?.has(value.id)) towns.file.fault([...path, "id"], `"${value.id}" is a region already`);
      if (value.successor === value.id)
        towns.file.fault([...path, "successor"], "a town cannot succeed itself");
      refer(towns.file, [...path, "successor"], value.successor, keysOf(towns, "id"), "town");
      const heir = towns.entries.find((one) => one.value.id === value.successor)?.value;
      // Or its own days before would be those of both.
      if (heir !== undefined && (value.to === undefined || heir.from !== dayAfter(value.to)))
        towns.file.fault(
          [...path, "successor"],
          "a successor is a record of its own that begins on the day after",
        );
      if (value.from !== undefined && value.to !== undefined && value.from > value.to)
        towns.file.fault([...path, "to"], `ends before it begins on ${value.from}`);
    }
  }
  for (const { value, path } of measures.entries) {
    refer(measures.file, [...path, "group"], value.group, groupNos, "group");
    if (value.lead.length === 0)
      measures.file.fault([...path, "lead"], "every measure needs a lead department");
    const seen = new Set<string>();
    for (const role of ["lead", "support"] as const) {
      for (const [index, id] of value[role].entries()) {
        refer(measures.file, [...path, role, index], id, departmentIds, "department");
        if (seen.has(id)) measures.file.fault([...path, role, index], `department "${id}" is named twice`);
        seen.add(id);
      }
    }
  }
  for (const { value, path } of indicators.entries) {
    refer(indicators.file, [...path, "measure"], value.measure, measureNos, "measure");
    for (const [index, id] of (value.counties ?? []).entries()) {
      refer(indicators.file, [...path, "counties", index], id, regionIds, "region");
    }
    if (value.kind === "check" && value.value !== "1") {
      indicators.file.fault([...path, "value"], "must be 1 for a check: done or not");
    }
  }
  for (const { value, path } of calendars.entries) checkDates(calendars.file, value, path);
}

/** What duties name of indicators, mechanisms, seasons and kinds of records. */
export function checkDuties(
  { duties, records }: { duties: Section<StandingDuty>; records: Section<RecordKind> },
  { indicators, mechanisms }: Pick<Sections, "indicators" | "mechanisms">,
  seasons: readonly pack.Season[] | undefined,
): void {
  checkUnique(duties, "indicator");
  checkUnique(records, "id");
  checkNames(records, () => true);
  const [indicatorIds, mechanismIds] = [keysOf(indicators, "id"), keysOf(mechanisms, "id")];
  const { file } = duties;
  for (const { value, path } of [...duties.entries, ...records.entries])
    refer(file, [...path, "mechanism"], value.mechanism, mechanismIds, "mechanism");
  for (const { value, path } of duties.entries) {
    refer(file, [...path, "indicator"], value.indicator, indicatorIds, "indicator");
    refer(file, [...path, "counts"], value.counts, keysOf(records, "id"), "record");
    const { season, cycle } = value;
    if (season !== undefined && seasons?.every(({ names }) => !names.includes(season)))
      file.fault([...path, "season"], `no season "${season}" in plan.yaml`);
    if (cycle === "season" && season === undefined)
      file.fault([...path, "season"], "a duty of a season names it");
  }
}

/** What the settings name of other files. */
export function checkSettings(
  file: PackFile,
  { pace, responses, townStations, nightWork, issues, guarantees }: pack.Settings,
  { indicators, regions, departments }: Pick<Sections, "indicators" | "regions" | "departments">,
  seasons: readonly pack.Season[] | undefined,
): void {
  refer(file, ["pace", "ozoneDays"], pace.ozoneDays, keysOf(indicators, "id"), "indicator");
  for (const id of Object.keys(townStations))
    refer(file, ["townStations", id], id, keysOf(regions, "id"), "region");
  for (const [index, id] of nightWork.grantedBy.entries())
    refer(file, ["nightWork", "grantedBy", index], id, keysOf(departments, "id"), "department");
  const categories = new Set<unknown>(issues.categories.map(({ name }) => name));
  refer(file, ["nightWork", "haulage", "category"], nightWork.haulage.category, categories, "category");
  for (const [index, { season, targets }] of guarantees.entries()) {
    const path = ["guarantees", index];
    if (season !== undefined && seasons?.every(({ names }) => !names.includes(season)))
      file.fault([...path, "season"], `no season "${season}" in plan.yaml`);
    for (const [at, { region }] of targets.entries())
      refer(file, [...path, "targets", at, "region"], region, keysOf(regions, "id"), "region");
  }
  const ids = keysOf(departments, "id");
  const { alert, peakShaving } = responses;
  for (const [path, level] of [
    ...Object.entries(alert).map(([name, one]) => [["alert", name], one] as const),
    [["peakShaving"], peakShaving] as const,
  ])
    for (const id of Object.keys(level.departments))
      refer(file, ["responses", ...path, "departments", id], id, ids, "department");
}

/** Keys that a list declares, read from the raw records: a fault elsewhere in a record doesn't orphan its users. */
function keysOf(section: Section<unknown>, key: string): Set<unknown> | undefined {
  const items = valueAt(section.file.data, section.path);
  return Array.isArray(items) ? new Set(items.map((item) => valueAt(item, [key]))) : undefined;
}

function checkUnique(section: Section<unknown>, key: string): void {
  const items = valueAt(section.file.data, section.path);
  const first = new Map<unknown, number>();
  for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
    const value = valueAt(item, [key]);
    const before = first.get(value);
    if (value === undefined) continue;
    if (before === undefined) first.set(value, index);
    else {
      const line = section.file.lineOf([...section.path, before, key]);
      section.file.fault([...section.path, index, key], `"${value}" is already used on line ${line}`);
    }
  }
}

type Named = { name: string; short?: string; aliases: readonly string[] };

/** No word may mean two records on one day, or text could not be resolved. */
function checkNames<T extends Named>(section: Section<T>, sameDays: (one: T, other: T) => boolean): void {
  const takers = new Map<string, PackRecord<T>[]>();
  for (const entry of section.entries) {
    const words = [
      { word: entry.value.name, at: ["name"] },
      ...(entry.value.short === undefined ? [] : [{ word: entry.value.short, at: ["short"] }]),
      ...entry.value.aliases.map((word, index) => ({ word, at: ["aliases", index] })),
    ];
    for (const { word, at } of words) {
      const others = takers.get(word) ?? [];
      const rival = others.find((other) => other !== entry && sameDays(other.value, entry.value));
      if (rival !== undefined) {
        const line = section.file.lineOf(rival.path);
        section.file.fault([...entry.path, ...at], `"${word}" already names the record on line ${line}`);
      }
      takers.set(word, [...others, entry]);
    }
  }
}

const dayAfter = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

type Dated = Pick<pack.Region, "from" | "to">;
function overlap(one: Dated, other: Dated): boolean {
  return (one.from ?? "") <= (other.to ?? "9999") && (other.from ?? "") <= (one.to ?? "9999");
}

function refer(file: PackFile, path: Path, id: unknown, known: Set<unknown> | undefined, what: string): void {
  if (id === undefined || known === undefined || known.has(id)) return;
  const where = what === "group" ? "measures" : what === "record" ? "duties" : `${what}s`;
  file.fault(path, `no ${what} "${id}" in ${where}.yaml`);
}

function checkDates(file: PackFile, calendar: pack.OfficeCalendar, path: Path): void {
  const seen = new Set<string>();
  for (const list of ["off", "work"] as const) {
    for (const [index, date] of calendar[list].entries()) {
      const at = [...path, list, index];
      if (!date.startsWith(`${calendar.year}-`)) file.fault(at, `${date} is not in ${calendar.year}`);
      if (seen.has(date)) file.fault(at, `${date} is listed twice`);
      seen.add(date);
    }
  }
}
