import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { z } from "zod";
import type { PlanPack } from "../domain/plan/pack.ts";
import * as schema from "../domain/plan/pack.ts";
import { dutySchema, recordKindSchema } from "../domain/plan/pack-duties.ts";
import { PlanPackError } from "./plan-pack-error.ts";
import type { PackFile, Path } from "./plan-pack-file.ts";
import { checkList, checkMap, readPackFile } from "./plan-pack-file.ts";
import type { Section } from "./plan-pack-references.ts";
import { checkDuties, checkReferences, checkSettings } from "./plan-pack-references.ts";

/** The State Council's calendars since the packs' own: one office's days off are everybody's. */
const SHARED_CALENDAR = join(import.meta.dirname, "../../seeds/calendar.yaml");

/**
 * Reads a plan pack's YAML from its folder, e.g. `seeds/nantong-2020`. Of a year that its own calendar doesn't have, the shared
 * one counts.
 * @throws PlanPackError that lists every fault of every file at once; there is no half-loaded pack.
 */
export async function loadPlanPack(folder: string): Promise<PlanPack> {
  const shown = label(folder);
  if (!(await isFolder(folder))) {
    throw new PlanPackError([{ file: shown, line: 1, field: "folder", message: "no such folder" }]);
  }
  const files: PackFile[] = [];
  const read = async (name: string, root = name) => {
    const file = await readPackFile(join(folder, `${name}.yaml`), join(shown, `${name}.yaml`), root);
    files.push(file);
    return file;
  };
  const list = <S extends z.ZodType>(file: PackFile, item: S, path: Path = []): Section<z.infer<S>> => ({
    file,
    path,
    entries: checkList(file, path, item),
  });

  const planFile = await read("plan");
  const plan = checkMap(planFile, schema.planSchema)[0]?.value;
  const targets = list(await read("targets"), schema.targetSchema);
  const departments = list(await read("departments"), schema.departmentSchema);
  const regions = list(await read("regions"), schema.regionSchema);
  const towns = existsSync(join(folder, "towns.yaml"))
    ? list(await read("towns"), schema.townSchema)
    : undefined;
  const measuresFile = await read("measures", "");
  checkKeys(measuresFile, ["groups", "measures"]);
  const groups = list(measuresFile, schema.groupSchema, ["groups"]);
  const measures = list(measuresFile, schema.measureSchema, ["measures"]);
  const indicators = list(await read("indicators"), schema.indicatorSchema);
  const mechanisms = list(await read("mechanisms"), schema.mechanismSchema);
  const dutiesFile = existsSync(join(folder, "duties.yaml")) ? await read("duties", "") : undefined;
  if (dutiesFile) checkKeys(dutiesFile, ["duties", "records"]);
  const duties = dutiesFile && {
    duties: list(dutiesFile, dutySchema, ["duties"]),
    records: list(dutiesFile, recordKindSchema, ["records"]),
  };
  const settingsFile = await read("settings");
  const settings = checkMap(settingsFile, schema.settingsSchema)[0]?.value;
  const calendars = list(await read("calendar"), schema.calendarSchema);

  const sharedFile = await readPackFile(SHARED_CALENDAR, "seeds/calendar.yaml", "calendar");
  files.push(sharedFile);
  const shared = checkList(sharedFile, [], schema.calendarSchema).map(({ value }) => value);

  const sections = { targets, departments, regions, groups, measures, indicators, mechanisms, calendars };
  checkReferences({ ...sections, towns }, plan && { file: planFile, id: plan.city.region });
  if (settings) checkSettings(settingsFile, settings, sections, plan && (plan.seasons ?? []));
  if (duties) checkDuties(duties, sections, plan && (plan.seasons ?? []));

  const faults = files.flatMap((file) => file.faults.toSorted((a, b) => a.line - b.line));
  if (plan === undefined || settings === undefined || faults.length > 0) throw new PlanPackError(faults);
  const values = <T>({ entries }: Section<T>): readonly T[] => entries.map(({ value }) => value);
  return {
    ...plan,
    targets: values(targets),
    departments: values(departments),
    regions: values(regions),
    towns: towns ? values(towns) : [],
    groups: values(groups),
    measures: values(measures),
    indicators: values(indicators),
    mechanisms: values(mechanisms),
    duties: duties ? values(duties.duties) : [],
    records: duties ? values(duties.records) : [],
    settings,
    calendars: withShared(values(calendars), shared),
    templates: [],
  };
}

function withShared(own: readonly schema.OfficeCalendar[], shared: readonly schema.OfficeCalendar[]) {
  const years = new Set(own.map(({ year }) => year));
  return [...own, ...shared.filter(({ year }) => !years.has(year))];
}

function checkKeys(file: PackFile, known: readonly string[]): void {
  if (typeof file.data !== "object" || file.data === null) return;
  for (const key of Object.keys(file.data)) {
    if (!known.includes(key)) file.fault([key], `unknown key; this file holds ${known.join(" and ")}`);
  }
}

/** Short when the pack lies below the working folder, else as the caller wrote it. */
function label(folder: string): string {
  const short = relative(process.cwd(), folder);
  return short === "" || short.startsWith("..") ? folder : short;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
