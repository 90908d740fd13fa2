import type { Before, Cell } from "../../../chat/import.ts";
import type { DepartmentId, RegionId } from "../../../domain/ids.ts";
import type { Read } from "../../../domain/reading.ts";
import { cleaned } from "../../../intake/cells.ts";
import { quoted } from "../../../intake/refusal.ts";
import { readTerm, readWrittenTime, type Term, type WrittenTime } from "../../../intake/term.ts";
import { levels } from "../../../issues/fields.ts";
import { SOURCES } from "../../../issues/filter.ts";
import { initialsOf } from "../../../office/names.ts";
import type { Office } from "../../../office/office.ts";
import { tooLong } from "../../cells.ts";
import type { Helper, IssueNumber } from "./issue-row.ts";
import { regionOfRow } from "./region-of-row.ts";

/** The plan's first year is 2013; whatever a ledger dates before it is mistyped. */
const FIRST_YEAR = 2013;

export const issueNumber: Cell<IssueNumber> = ({ office }) => {
  const pattern = new RegExp(`^${initialsOf(office.city.short)}-\\d{4}-\\d{6}$`);
  return (cell) => {
    const text = cleaned(cell);
    if (text.length > 50) return { reason: tooLong(text, 50) };
    const ours = pattern.test(text.toUpperCase());
    return { value: { text: ours ? text.toUpperCase() : text, ours } };
  };
};

/** Whether a row is under one of our numbers: of an issue that exists, whatever is left empty says nothing. */
export const isOurs = ({ no }: Before): boolean => (no as IssueNumber | null | undefined)?.ours === true;
export const isNew = (before: Before): boolean => !isOurs(before);

export const moment: Cell<WrittenTime> = ({ office, now }) => {
  const local = office.local(now).toPlainDateTime();
  return (cell): Read<WrittenTime> => {
    const read = readWrittenTime(cleaned(cell));
    if ("reason" in read) return read;
    const { day, time } = read.value;
    if (Temporal.PlainDateTime.compare(day.toPlainDateTime(time ?? undefined), local) > 0)
      return { reason: "交办时间在现在之后，请核对" };
    return day.year < FIRST_YEAR ? { reason: `早于${FIRST_YEAR}年，请核对年份` } : read;
  };
};

export const term: Cell<Term> = () => (cell) => readTerm(cleaned(cell));

/** The region that a row names, as of the day of assignment. */
export const namedRegion: Cell<RegionId | null> =
  ({ office, names, today }) =>
  (cell, before) => {
    const text = cleaned(cell);
    // The export of an issue that nobody has been given yet.
    if (isOurs(before) && text === "未定") return { value: null };
    const found = regionOfRow(text, dayOf(before, today), { office, names });
    return found === null
      ? { reason: `没有名为“${quoted(text)}”的县（市、区），请核对名称` }
      : { value: found.id };
  };

export const namedDepartment: Cell<DepartmentId | "none"> =
  ({ office, names, today }) =>
  (cell, before) => {
    const text = cleaned(cell);
    const found = names.department(text);
    if (found !== null) return { value: found.id };
    const regionOn = (date: string) => regionOfRow(text, date, { office, names })?.id ?? null;
    // Where no department is named the export names the region, by its name of today.
    const named = before.county ?? null;
    const itself = named !== null && regionOn(dayOf(before, today)) === named;
    return itself || (isOurs(before) && (text === "未定" || regionOn(today.toString()) !== null))
      ? { value: "none" }
      : { reason: `没有名为“${quoted(text)}”的部门，请核对，没有可留空` };
  };

/** Units that help, one beside the other. A name that is none of the plan's stays as it is written: the record knows it. */
export const helpers: Cell<readonly Helper[]> =
  ({ office, names, today }) =>
  (cell, before) => {
    const text = cleaned(cell);
    if (text.length > 500) return { reason: tooLong(text, 500) };
    const said = text.split(/[、，,；;/\n]+/).map((name) => name.trim());
    const value = said
      .filter((name) => name !== "" && name !== "无")
      .map((name): Helper => {
        const departmentId = names.department(name)?.id ?? null;
        const regionId =
          departmentId === null
            ? (regionOfRow(name, dayOf(before, today), { office, names })?.id ?? null)
            : null;
        return { departmentId, regionId, name: departmentId === null && regionId === null ? name : null };
      });
    return { value };
  };

const dayOf = ({ assigned }: Before, today: Temporal.PlainDate): string =>
  ((assigned as WrittenTime | null | undefined)?.day ?? today).toString();

/** A value that describes the issue. Of one of ours it is judged only if it is another than before. */
export const describing =
  (column: DescribingColumn): Cell<string> =>
  ({ office }) => {
    const known = knownTo(office);
    return (cell, before) => {
      const text = cleaned(cell);
      const reason = isOurs(before) ? null : faultOfValue(column, text, known);
      return reason === null ? { value: text } : { reason };
    };
  };

/** Columns that say what an issue is about. */
type DescribingColumn = "source" | "batch" | "town" | "place" | "problem" | "category" | "level" | "photos";
type Known = { sources: readonly string[]; levels: readonly string[]; categories: readonly string[] };

/** What an issue's columns may say. */
export const knownTo = (office: Office): Known => ({
  sources: Object.values(SOURCES),
  levels: Object.values(levels),
  categories: office.pack.settings.issues.categories.map((category) => category.name),
});

/** Why a value can't describe an issue, and how to mend it; null when it can. */
export function faultOfValue(
  column: DescribingColumn,
  text: string,
  { sources, levels, categories }: Known,
): string | null {
  const among = (known: readonly string[]) => (known.includes(text) ? null : `只能填${known.join("、")}`);
  const upTo = (most: number) => (text.length > most ? tooLong(text, most) : null);
  switch (column) {
    case "source":
      return among(sources);
    case "category":
      return among(categories);
    case "level":
      return among(levels);
    case "problem":
      return [...text].length < 2 ? "问题描述太短，请写清是什么问题" : upTo(200);
    case "town":
    case "batch":
      return upTo(50);
    case "place":
      return upTo(100);
    case "photos":
      return upTo(500);
    default:
      return column satisfies never;
  }
}
